import { Injectable } from '@nestjs/common';
import { OllamaServer } from '../adapters/ollama-server';
import { ChatModel } from '../chat-model';

export interface LlmState {
  readonly provider: string;
  readonly model: string;
  /** Degraded is still ready: extractive answers go out. */
  readonly state: 'up' | 'degraded';
  readonly detail?: string;
}

/** Says whether the answering model can be used now. */
@Injectable()
export class LlmHealth {
  constructor(
    private readonly chat: ChatModel,
    private readonly server: OllamaServer,
  ) {}

  /** Takes at most about a second. Never throws. */
  async check(): Promise<LlmState> {
    const { provider, model } = this.chat;
    if (provider !== 'ollama') return { provider, model, state: 'up' };
    const presence = await this.server.look(model);
    if (presence.state === 'available') return { provider, model, state: 'up' };
    return { provider, model, state: 'degraded', detail: presence.detail };
  }
}
