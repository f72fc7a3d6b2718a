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

import type { VectorOperation } from '../vector-store-observer';

export interface CallOptions {
  readonly readTimeoutMs?: number | undefined;
  readonly writeTimeoutMs?: number | undefined;
  /** How long an open breaker refuses before it lets one call try again. */
  readonly halfOpenAfterMs?: number | undefined;
}

/** What an adapter knows about the failures of its server. */
export interface FailureJudge {
  /** Failures of the server rather than of the request: they count for the breaker. */
  readonly isOutage: (error: unknown) => boolean;
  readonly isWorthRetrying: (error: unknown) => boolean;
}

/** A question waits for this: a slower dense leg is worth less than an answer without it. */
const READ_TIMEOUT_MS = 5_000;
/** A batch of replacements takes up to 11 s on two busy cores (see batches.ts). */
const WRITE_TIMEOUT_MS = 60_000;
const HALF_OPEN_AFTER_MS = 2_000;
const FAILURES_UNTIL_OPEN = 5;
const RETRIES = 2;
const WRITES: ReadonlySet<VectorOperation> = new Set(['ensure', 'upsert', 'remove', 'drop']);

/** How calls to one server are made: bounded in time, retried when that helps, refused at once while it is down. */
export class CallPolicies {
  private readonly reads: IPolicy;
  private readonly writes: IPolicy;
  private readonly probe: IPolicy;

  constructor(
    { readTimeoutMs = READ_TIMEOUT_MS, writeTimeoutMs = WRITE_TIMEOUT_MS, halfOpenAfterMs }: CallOptions,
    judge: FailureJudge,
  ) {
    const shared = retryingBreaker(judge, halfOpenAfterMs ?? HALF_OPEN_AFTER_MS);
    this.reads = wrap(shared, timeout(readTimeoutMs, TimeoutStrategy.Aggressive));
    this.writes = wrap(shared, timeout(writeTimeoutMs, TimeoutStrategy.Aggressive));
    this.probe = timeout(readTimeoutMs, TimeoutStrategy.Aggressive);
  }

  /** A probe must say how things are now, not what the breaker remembers. */
  of(operation: VectorOperation): IPolicy {
    if (operation === 'ping') return this.probe;
    return WRITES.has(operation) ? this.writes : this.reads;
  }
}

const retryingBreaker = ({ isOutage, isWorthRetrying }: FailureJudge, halfOpenAfter: number): IPolicy => {
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter,
    breaker: new ConsecutiveBreaker(FAILURES_UNTIL_OPEN),
  });
  const backoff = new ExponentialBackoff({ initialDelay: 50, maxDelay: 500 });
  return wrap(retry(handleWhen(isWorthRetrying), { maxAttempts: RETRIES, backoff }), breaker);
};
