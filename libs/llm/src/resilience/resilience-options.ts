/** How hard an upstream is tried, and when it is left alone. */
export interface ResilienceOptions {
  /** Further attempts after the first, before any text was received. */
  readonly retries: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** Consecutive failed attempts that open the circuit. */
  readonly breakAfter: number;
  /** How long an open circuit refuses calls before one is let through; longer when the server asks for more. */
  readonly halfOpenAfterMs: number;
  /** Longest time an open circuit obeys a server that asks to be left alone. */
  readonly maxHalfOpenAfterMs: number;
  /** Calls at once. */
  readonly concurrency: number;
  /** Calls that may wait for a slot; more are refused as `busy`. */
  readonly queue: number;
}

/**
 * The same for every model server, chat and embeddings. Model servers queue by themselves (Ollama 512 requests, vLLM without
 * limit) and know how many streams their GPU carries: ours bounds what one broken server can hold. Five failed attempts are two
 * failed calls, so a dead server costs two users a wait of about a second and the others nothing. Who is asked to wait longer
 * than `maxDelayMs` does not: the next model of the chain answers.
 */
export const DEFAULT_RESILIENCE: ResilienceOptions = {
  retries: 2,
  firstDelayMs: 150,
  maxDelayMs: 2_000,
  breakAfter: 5,
  halfOpenAfterMs: 10_000,
  maxHalfOpenAfterMs: 60_000,
  concurrency: 32,
  queue: 100,
};
