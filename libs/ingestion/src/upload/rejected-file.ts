import { DomainError, type ErrorKind } from '#libs/kernel';

import type { ReceivedFile } from './receive-file';

/** A file of a batch that was not taken, and why. */
export interface RejectedFile {
  /** Cleaned for display. */
  readonly filename: string;
  readonly reason: DomainError;
}

/** Kinds of problems a file has by itself. What else goes wrong concerns every file of the request. */
const OF_THE_FILE: ReadonlySet<ErrorKind> = new Set(['too_large', 'invalid', 'unsupported']);

export const isFaultOfFile = (error: unknown): error is DomainError =>
  error instanceof DomainError && OF_THE_FILE.has(error.kind);

export const isReceived = (item: ReceivedFile | RejectedFile): item is ReceivedFile => !isRejected(item);

export const isRejected = (item: object): item is RejectedFile => 'reason' in item;
