import { Logger } from '@nestjs/common';
import type { ModelPresence } from '../adapters/model-server';
import { ChatModel, type ChatEvent, type ChatRequest } from '../chat-model';

/** How often an absent server is looked for, at most; and only when somebody asks a question. */
const LOOK_AGAIN_MS = 30_000;

/**
 * `LLM_PROVIDER=auto`: answers with the preferred model once its server was seen to have it, and with the built-in one until then.
 * It never goes back: a server that has been there and fails is an outage, which the caller reports as a degraded answer.
 */
export class AutoChatModel extends ChatModel {
  private readonly logger = new Logger('ChatModels');
  private chosen: ChatModel;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly preferred: ChatModel,
    fallback: ChatModel,
    private readonly look: () => Promise<ModelPresence>,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
    this.chosen = fallback;
  }

  override get provider(): string {
    return this.chosen.provider;
  }

  override get model(): string {
    return this.chosen.model;
  }

  override contextTokens(): Promise<number> {
    return this.chosen.contextTokens();
  }

  /** This question must not wait for a server that is probably absent; the next one gains from the look. */
  override settled(): ChatModel {
    const { chosen } = this;
    this.refresh().catch((error: unknown) => this.logger.error(error));
    return chosen;
  }

  /** Looks for the preferred model now, unless it was found or looked for within 30 s. Never throws. */
  async refresh(): Promise<void> {
    if (this.chosen === this.preferred) return;
    if (!this.looking && this.now() - this.lookedAt >= LOOK_AGAIN_MS) {
      this.lookedAt = this.now();
      this.looking = this.choose().finally(() => (this.looking = undefined));
    }
    await this.looking;
  }

  override async *stream(request: ChatRequest): AsyncIterable<ChatEvent> {
    const looking = this.refresh();
    yield* this.chosen.stream(request);
    await looking;
  }

  private async choose(): Promise<void> {
    const presence = await this.look();
    if (presence.state === 'available') this.chosen = this.preferred;
    const why = presence.state === 'available' ? 'its server has it' : presence.detail;
    this.logger.log(`LLM_PROVIDER=auto: answers by ${this.provider}:${this.model} (${why})`);
  }
}
