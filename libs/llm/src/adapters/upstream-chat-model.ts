import { ChatModel, type ChatEvent, type ChatRequest } from '../chat-model';
import { type ModelObserver, type ModelOutcome, SilentModelObserver } from '../model-observer';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../resilience/resilience-options';
import { Slots } from '../resilience/slots';
import { StageClock } from '../resilience/stage-clock';
import { toModelFailure } from '../resilience/to-model-failure';
import { ProtocolError } from '../resilience/upstream-errors';
import { UpstreamPolicy } from '../resilience/upstream-policy';

export interface UpstreamChatOptions {
  readonly model: string;
  /** Loading the model and reading the prompt. */
  readonly firstTokenTimeoutMs: number;
  /** Longest silence between two tokens. */
  readonly idleTimeoutMs: number;
  readonly resilience?: ResilienceOptions;
  readonly observer?: ModelObserver;
}

interface OpenAnswer {
  readonly clock: StageClock;
  readonly events: AsyncIterator<ChatEvent>;
  readonly first: IteratorResult<ChatEvent>;
}

/**
 * A model of a server: one resilience policy whatever the server speaks. Leaving the iteration, or the signal, closes the upstream
 * connection.
 */
export abstract class UpstreamChatModel extends ChatModel {
  override readonly model: string;
  private readonly policy: UpstreamPolicy;
  private readonly slots: Slots;
  private readonly observer: ModelObserver;

  protected constructor(
    override readonly provider: string,
    private readonly limits: UpstreamChatOptions,
  ) {
    super();
    const { model, resilience = DEFAULT_RESILIENCE } = limits;
    this.model = model;
    this.policy = new UpstreamPolicy({ provider, model }, resilience);
    this.slots = new Slots(resilience.concurrency, resilience.queue);
    this.observer = limits.observer ?? new SilentModelObserver();
  }

  override async *stream(request: ChatRequest): AsyncIterable<ChatEvent> {
    const started = performance.now();
    let outcome: ModelOutcome = 'aborted';
    let release: (() => void) | undefined;
    try {
      release = await this.slots.acquire(request.signal);
      const answer = await this.policy.execute(() => this.open(request), request.signal);
      yield* this.read(answer);
      outcome = 'ok';
    } catch (error) {
      const failure = toModelFailure(error, this, request.signal);
      outcome = failure.reason;
      throw failure;
    } finally {
      release?.();
      this.observer.observe('chat', this.provider, this.model, outcome, (performance.now() - started) / 1_000);
    }
  }

  /**
   * Speaks the protocol of the server: an event for each part that arrives, also one with empty text, which tells that the server
   * is alive; then one `end`.
   * @param signal closes the connection
   * @throws anything; {@link stream} names it
   */
  protected abstract ask(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;

  /** Waits for the first part, so that a failure before any text can be tried again. */
  private async open(request: ChatRequest): Promise<OpenAnswer> {
    const clock = new StageClock(request.signal);
    clock.expect('first_token', this.limits.firstTokenTimeoutMs);
    try {
      const events = this.ask(request, clock.signal)[Symbol.asyncIterator]();
      const first = await events.next();
      request.signal?.throwIfAborted();
      return { clock, events, first };
    } catch (error) {
      const cause = clock.causeOf(error);
      clock.close();
      throw cause;
    }
  }

  private async *read({ clock, events, first }: OpenAnswer): AsyncIterable<ChatEvent> {
    try {
      for (let next = first; !next.done; next = await events.next()) {
        clock.expect('idle', this.limits.idleTimeoutMs);
        if (next.value.type === 'end' || next.value.text !== '') yield next.value;
        if (next.value.type === 'end') return;
      }
      throw new ProtocolError('The answer ended without its last part');
    } catch (error) {
      throw clock.causeOf(error);
    } finally {
      clock.close();
    }
  }
}

/** A count of tokens as a server tells it; 0 for anything else. */
export const tokenCount = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : 0);
