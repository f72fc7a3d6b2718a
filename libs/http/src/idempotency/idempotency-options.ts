export const IDEMPOTENCY_OPTIONS = Symbol('http:idempotency-options');

export interface IdempotencyOptions {
  /** What of an answer is kept for a replay; for answers with a secret that is shown once. Default: all of it. */
  readonly remember?: (answer: unknown) => unknown;
}
