import { ChromaNotFoundError } from 'chromadb';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
  type IPolicy,
} from 'cockatiel';

import type { VectorOperation, VectorStoreObserver } from '../vector-store-observer';
import { chromaClient, type CancellableChromaClient } from './chroma-client';
import { isMissing, isOutage, isWorthRetrying, namedError } from './chroma-errors';

export interface ChromaConnectionOptions {
  readonly url: string;
  readonly readTimeoutMs?: number | undefined;
  readonly writeTimeoutMs?: number | undefined;
  /** How long an open breaker refuses before it lets one call try again. */
  readonly halfOpenAfterMs?: number | undefined;
  readonly observer?: VectorStoreObserver | undefined;
}

/** A question waits for this: a slower dense leg is worth less than an answer without it. */
const READ_TIMEOUT_MS = 5_000;
/** A batch of replacements takes up to 11 s on two busy cores (see batches.ts). */
const WRITE_TIMEOUT_MS = 60_000;
const HALF_OPEN_AFTER_MS = 2_000;
const FAILURES_UNTIL_OPEN = 5;
const RETRIES = 2;
const WRITES: ReadonlySet<VectorOperation> = new Set(['ensure', 'upsert', 'remove', 'drop']);

type Work<T> = (client: CancellableChromaClient) => Promise<T>;

/** Calls to one Chroma server: bounded in time, retried when that helps, refused at once while it is down. */
export class ChromaConnection {
  private readonly url: URL;
  private readonly reads: IPolicy;
  private readonly writes: IPolicy;
  private readonly probe: IPolicy;

  constructor(private readonly options: ChromaConnectionOptions) {
    this.url = new URL(options.url);
    const { readTimeoutMs = READ_TIMEOUT_MS, writeTimeoutMs = WRITE_TIMEOUT_MS } = options;
    const shared = this.retryingBreaker();
    this.reads = wrap(shared, timeout(readTimeoutMs, TimeoutStrategy.Aggressive));
    this.writes = wrap(shared, timeout(writeTimeoutMs, TimeoutStrategy.Aggressive));
    this.probe = timeout(readTimeoutMs, TimeoutStrategy.Aggressive);
  }

  /**
   * Runs one call, in a database or, without one, about the server. `ChromaNotFoundError` passes, for the caller knows what a missing collection or database means to it.
   * @throws VectorStoreUnavailableError @throws VectorDimensionError
   */
  async call<T>(operation: VectorOperation, work: Work<T>, database?: string): Promise<T> {
    const startedAt = performance.now();
    try {
      const result = await this.policyOf(operation).execute(({ signal }) =>
        work(chromaClient(this.url, signal, database)),
      );
      this.observe(operation, startedAt, true);
      return result;
    } catch (error) {
      this.observe(operation, startedAt, false);
      throw isMissing(error)
        ? new ChromaNotFoundError('There is no such collection or database', error)
        : namedError(error);
    }
  }

  /** A probe must say how things are now, not what the breaker remembers. */
  private policyOf(operation: VectorOperation): IPolicy {
    if (operation === 'ping') return this.probe;
    return WRITES.has(operation) ? this.writes : this.reads;
  }

  private retryingBreaker() {
    const breaker = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: this.options.halfOpenAfterMs ?? HALF_OPEN_AFTER_MS,
      breaker: new ConsecutiveBreaker(FAILURES_UNTIL_OPEN),
    });
    const backoff = new ExponentialBackoff({ initialDelay: 50, maxDelay: 500 });
    return wrap(retry(handleWhen(isWorthRetrying), { maxAttempts: RETRIES, backoff }), breaker);
  }

  private observe(operation: VectorOperation, startedAt: number, succeeded: boolean): void {
    this.options.observer?.observe(operation, (performance.now() - startedAt) / 1000, succeeded);
  }
}
