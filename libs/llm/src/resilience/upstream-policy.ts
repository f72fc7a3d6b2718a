import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { ModelUnavailableError } from '../llm.errors';
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

/** Retry with jittered backoff around a circuit breaker: one instance per model of a server, because the breaker has memory. */
export class UpstreamPolicy {
  private readonly policy: IPolicy;

  constructor(
    private readonly identity: ModelIdentity,
    options: ResilienceOptions,
  ) {
    const { retries, firstDelayMs, maxDelayMs, breakAfter, halfOpenAfterMs } = options;
    const again = retry(handleWhen(isWorthRetrying), {
      maxAttempts: retries,
      backoff: new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: maxDelayMs }),
    });
    const breaker = circuitBreaker(handleWhen(isServerFault), {
      breaker: new ConsecutiveBreaker(breakAfter),
      halfOpenAfter: halfOpenAfterMs,
    });
    this.policy = wrap(again, breaker);
  }

  /**
   * Runs an attempt, again if it is worth it. The attempt must emit nothing before it resolves.
   * @throws ModelUnavailableError
   */
  async execute<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.policy.execute(() => this.named(attempt, signal), signal);
    } catch (error) {
      throw toModelFailure(error, this.identity, signal);
    }
  }

  private async named<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      throw toModelFailure(error, this.identity, signal);
    }
  }
}
