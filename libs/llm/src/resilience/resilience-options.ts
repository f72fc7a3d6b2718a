/** How hard an upstream is tried, and when it is left alone. */
export interface ResilienceOptions {
  /** Further attempts after the first, before any text was received. */
  readonly retries: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** Consecutive failed attempts that open the circuit. */
  readonly breakAfter: number;
  /** How long an open circuit refuses calls before one is let through. */
  readonly halfOpenAfterMs: number;
  /** Calls at once. */
  readonly concurrency: number;
  /** Calls that may wait for a slot; more are refused as `busy`. */
  readonly queue: number;
}

/**
 * A model server has one GPU and its own queue: four streams keep it busy, more only make all of them slow. Five failed
 * attempts are two failed calls, so a dead server costs two users a wait of about a second and the others nothing.
 */
export const DEFAULT_RESILIENCE: ResilienceOptions = {
  retries: 2,
  firstDelayMs: 150,
  maxDelayMs: 2_000,
  breakAfter: 5,
  halfOpenAfterMs: 10_000,
  concurrency: 4,
  queue: 100,
};
