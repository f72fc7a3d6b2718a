export const IDEMPOTENCY_OPTIONS = Symbol('http:idempotency-options');

export interface IdempotencyOptions {
  /** What of an answer is kept for a replay; for answers with a secret that is shown once. Default: all of it. */
  readonly remember?: (answer: unknown) => unknown;
  /** `streamed`: the handler reads the body itself and calls `contentReceived` before it acts. Default: parsed before it runs. */
  readonly content?: 'parsed' | 'streamed';
}
