import type { MessageView } from '../message/message.view';
import type { AnswerEvent, AnswerIds, NumberedEvent } from './answer-events';
import { Audience } from './audience';

/**
 * One answer while it is written and shortly after: a log of its events that any number of readers follow, each at its own
 * pace. What nobody ever read is written all the same; what its last reader left is stopped, unless one comes back in time.
 */
export class AnswerRun {
  /** Resolves to the finished answer, rejects with why there is none. */
  readonly finished: Promise<MessageView>;

  private readonly log: AnswerEvent[] = [];
  private readonly stopping = new AbortController();
  private readonly outcome = Promise.withResolvers<MessageView>();
  private news = Promise.withResolvers<undefined>();
  private isOver = false;
  private readonly audience: Audience;

  /** @param graceMs milliseconds it is written on after its last reader has left; to its end when undefined */
  constructor(
    readonly ids: AnswerIds,
    readonly ownerId: string,
    graceMs?: number,
  ) {
    this.audience = new Audience(graceMs, () => this.stopping.abort());
    this.finished = this.outcome.promise;
    // Readers of the events learn of a failure there; without this line it would also end the process.
    this.finished.catch(() => undefined);
    this.emit({ type: 'message', data: ids });
  }

  /** Aborted by {@link stop}. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  /** Ends the writing; what was written so far becomes the answer. @returns the finished answer */
  async stop(): Promise<MessageView> {
    this.stopping.abort();
    return this.finished;
  }

  /** Somebody waits for the whole. @returns to be called when he no longer does */
  awaited(): () => void {
    return this.audience.join();
  }

  /** It is wanted whoever leaves: its reader has said that he will ask for it again. */
  keep(): void {
    this.audience.dismiss();
  }

  /** Adds an event; `done` and `error` are the last. */
  emit(event: AnswerEvent): void {
    if (this.isOver) return;
    this.log.push(event);
    if (event.type === 'done') this.outcome.resolve(event.data);
    if (event.type === 'error') this.outcome.reject(event.error instanceof Error ? event.error : new Error('unknown'));
    this.isOver = event.type === 'done' || event.type === 'error';
    if (this.isOver) this.audience.dismiss();
    this.news.resolve(undefined);
    this.news = Promise.withResolvers<undefined>();
  }

  /**
   * The events after `afterId`, those to come included, to the last one.
   * @param afterId id of the last event the reader has; 0 for all
   * @param gone aborted when the reader leaves
   */
  async *events(afterId: number, gone: AbortSignal): AsyncGenerator<NumberedEvent> {
    const leave = this.audience.join();
    try {
      yield* this.follow(afterId, gone);
    } finally {
      leave();
    }
  }

  private async *follow(afterId: number, gone: AbortSignal): AsyncGenerator<NumberedEvent> {
    const left = new Promise<undefined>((resolve) => {
      gone.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    let next = Math.max(0, afterId);
    while (!gone.aborted) {
      const event = this.log[next];
      if (event) yield { id: (next += 1), event };
      else if (this.isOver) return;
      else await Promise.race([this.news.promise, left]);
    }
  }
}
