import {
  circuitBreaker,
  ConsecutiveBreaker,
  ConstantBackoff,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { ModelUnavailableError } from '../llm.errors';
import { askedToWait, PatientBackoff } from './patient-backoff';
import type { ResilienceOptions } from './resilience-options';
import { toModelFailure, type ModelIdentity } from './to-model-failure';
import { UpstreamStatusError } from './upstream-errors';

/** A status below 500 speaks about the request, not about the server's health. */
const isServerFault = (error: unknown): boolean => {
  if (!(error instanceof ModelUnavailableError)) return false;
  if (error.cause instanceof UpstreamStatusError) return error.cause.isTransient;
  return ['unreachable', 'timeout', 'bad_response'].includes(error.reason);
};

/** Only what fails fast is tried again: a second wait for a slow model would double the caller's wait. */
const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ModelUnavailableError &&
  (error.reason === 'unreachable' || (error.cause instanceof UpstreamStatusError && error.cause.isTransient));

/** Waits between two attempts are not worth a caller who left. */
const orLeft = async <T>(working: Promise<T>, signal?: AbortSignal): Promise<T> => {
  if (!signal) return working;
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(new TaskCancelledError());
  signal.addEventListener('abort', leave, { once: true });
  // Whoever comes second is nobody's concern any more.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
};

/**
 * Retry with jittered backoff, no sooner than the server's `Retry-After`, around a circuit breaker: one instance per model of a
 * server, because the breaker has memory.
 */
export class UpstreamPolicy {
  private readonly policy: IPolicy;

  constructor(
    private readonly identity: ModelIdentity,
    options: ResilienceOptions,
  ) {
    const { retries, firstDelayMs, maxDelayMs, breakAfter, halfOpenAfterMs, maxHalfOpenAfterMs } = options;
    const inTime = (error: unknown): boolean => isWorthRetrying(error) && askedToWait(error) <= maxDelayMs;
    const backoff = new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: maxDelayMs });
    const again = retry(handleWhen(inTime), {
      maxAttempts: retries,
      backoff: new PatientBackoff(backoff, maxDelayMs),
    });
    const breaker = circuitBreaker(handleWhen(isServerFault), {
      breaker: new ConsecutiveBreaker(breakAfter),
      halfOpenAfter: new PatientBackoff(new ConstantBackoff(halfOpenAfterMs), maxHalfOpenAfterMs),
    });
    this.policy = wrap(again, breaker);
  }

  /**
   * Runs an attempt, again if it is worth it. The attempt must emit nothing before it resolves.
   * @throws ModelUnavailableError
   */
  async execute<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await orLeft(
        this.policy.execute(() => this.named(attempt, signal), signal),
        signal,
      );
    } catch (error) {
      throw toModelFailure(error, this.identity, signal);
    }
  }

  private async named<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      // Retried after the caller left: the answer would be nobody's, and its connection would stay open.
      if (signal?.aborted) throw new TaskCancelledError();
      return await attempt();
    } catch (error) {
      throw toModelFailure(error, this.identity, signal);
    }
  }
}
