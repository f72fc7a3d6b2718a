/** What identifies one attempt. */
export interface IdempotentAttempt {
  readonly organizationId: string;
  readonly userId: string;
  /** Method and route pattern: a key means something on its route only. */
  readonly route: string;
  readonly key: string;
  /** Digest of everything that makes the request what it is. */
  readonly requestHash: string;
}

/** What an earlier request with the same user, route and key left behind. */
export interface IdempotentRecord {
  readonly requestHash: string;
  /** Undefined while the request runs. */
  readonly answer?: IdempotentAnswer | undefined;
}

export interface IdempotentAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The attempt was reserved under `id`, or an earlier one is in the way. */
export type Reservation = { readonly id: string } | { readonly earlier: IdempotentRecord };

/** How long an answer is kept: 24 hours, in milliseconds. */
export const RETENTION_MS = 24 * 60 * 60 * 1000;

/** After this a running request is taken for dead (its process was killed) and the key is free again; milliseconds. */
export const ABANDONED_AFTER_MS = 10 * 60 * 1000;

/** Port: remembers what was answered to requests that carry an `Idempotency-Key`. */
export abstract class IdempotencyStore {
  /** Reserves the key, or tells what is in the way; of two calls at once exactly one reserves. */
  abstract reserve(attempt: IdempotentAttempt): Promise<Reservation>;

  /** Keeps the answer for {@link RETENTION_MS}. */
  abstract complete(id: string, answer: IdempotentAnswer): Promise<void>;

  /** Frees the key of an attempt that failed, so that it can be tried again. */
  abstract release(id: string): Promise<void>;

  /**
   * Forgets a user's answers about something that is deleted: a replay would bring it back.
   * @param id of the deleted thing, as a field of the answer holds it
   */
  abstract forget(userId: string, id: string): Promise<void>;

  /** Forgets what is older than {@link RETENTION_MS}. @returns how many were forgotten */
  abstract purge(): Promise<number>;
}
