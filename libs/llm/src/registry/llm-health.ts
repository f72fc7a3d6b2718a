import { Injectable } from '@nestjs/common';
import { isEnglishOnly } from './english-only';
import { ChatModel } from '../chat-model';
import { EmbeddingModels } from './embedding-models';
import { ModelServers } from './model-servers';

export interface LlmState {
  readonly provider: string;
  readonly model: string;
  /** Degraded is still ready: extractive answers go out. */
  readonly state: 'up' | 'degraded';
  readonly detail?: string;
  /** What an operator should know of the models that work. */
  readonly warning?: string;
}

/** Says whether the answering model can be used now, and whether the embedding model fits French documents. */
@Injectable()
export class LlmHealth {
  constructor(
    private readonly chat: ChatModel,
    private readonly servers: ModelServers,
    private readonly embeddings: EmbeddingModels,
  ) {}

  /** Takes at most about a second. Never throws. */
  async check(): Promise<LlmState> {
    const { provider, model } = this.chat;
    const presence = await this.servers.of(provider)?.look(model);
    const of = { provider, model, ...this.warning() };
    if (presence === undefined || presence.state === 'available') return { ...of, state: 'up' };
    return { ...of, state: 'degraded', detail: presence.detail };
  }

  private warning(): Pick<LlmState, 'warning'> {
    const { id } = this.embeddings.current();
    return isEnglishOnly(id) ? { warning: `${id} embeds new collections and knows English alone` } : {};
  }
}
