import type { AttemptLedger } from './attempt-ledger';
import { AttemptLostError, type IngestionAttempt } from './ingestion-attempt';

/** Well below what a purge takes for death ({@link ATTEMPT_DEAD_SECONDS}). */
const BEAT_MS = 4_000;

/** Without a beat for this long, an attempt counts as dead. */
export const ATTEMPT_DEAD_SECONDS = 20;

/** Keeps an attempt visibly alive, and ends it when the document is deleted or claimed by another. */
export class AttemptHeartbeat implements Disposable {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  /** Aborted when the attempt is lost, or when `job` is. */
  readonly signal: AbortSignal;

  constructor(ledger: AttemptLedger, attempt: IngestionAttempt, job: AbortSignal) {
    this.signal = AbortSignal.any([job, this.controller.signal]);
    this.timer = setInterval(() => {
      // A database that cannot be reached shows in the step at work; only a lost attempt ends it from here.
      ledger.beat(attempt).catch((error: unknown) => {
        if (error instanceof AttemptLostError) this.controller.abort(error);
      });
    }, BEAT_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer);
  }
}
