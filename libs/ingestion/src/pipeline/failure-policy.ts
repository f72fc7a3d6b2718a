import { DomainError } from '#libs/kernel';

import { IngestionFailedError } from '../document/document.errors';

/** Kinds that say "not now" rather than "never". */
const PASSING_KINDS: ReadonlySet<string> = new Set(['unavailable', 'upstream', 'timeout', 'limited']);
/** Kinds lie about these: the same vectors will come again. */
const LASTING_CODES: ReadonlySet<string> = new Set(['embedding.dimension_mismatch', 'vector_store.invalid_vector']);

/** What the file itself is to blame for; trying again would fail the same way. */
export class UnreadableFile extends Error {
  constructor(readonly reason: DomainError) {
    super(reason.message, { cause: reason });
  }
}

export interface Verdict {
  readonly reason: DomainError;
  /** Whether another attempt may end differently. */
  readonly mayPass: boolean;
}

/**
 * Judges why an attempt ended. What nobody foresaw (a bug, a lost database connection) is tried again as well: the
 * document is worth more than the attempts.
 */
export const judge = (error: unknown): Verdict => {
  if (error instanceof UnreadableFile) return { reason: error.reason, mayPass: false };
  if (!(error instanceof DomainError)) return { reason: new IngestionFailedError({}, { cause: error }), mayPass: true };
  return { reason: error, mayPass: PASSING_KINDS.has(error.kind) && !LASTING_CODES.has(error.code) };
};
