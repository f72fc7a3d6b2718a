import { Injectable } from '@nestjs/common';
import { ChatModel } from '../chat-model';
import { ModelServers } from './model-servers';

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
    private readonly servers: ModelServers,
  ) {}

  /** Takes at most about a second. Never throws. */
  async check(): Promise<LlmState> {
    const { provider, model } = this.chat;
    const presence = await this.servers.of(provider)?.look(model);
    if (presence === undefined || presence.state === 'available') return { provider, model, state: 'up' };
    return { provider, model, state: 'degraded', detail: presence.detail };
  }
}
