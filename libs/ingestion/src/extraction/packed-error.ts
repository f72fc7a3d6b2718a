import { DomainError, type ErrorDetails } from '#libs/kernel';

import * as errors from './extraction.errors';

/** An error between threads: plain data, since classes do not survive the copy. */
export interface PackedError {
  readonly code: string;
  readonly details: ErrorDetails;
}

/** A parser that runs out of stack or string length met a file made to do that; any other surprise is a damaged file. */
const asDomainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  return error instanceof RangeError ? new errors.DocumentTooComplexError() : new errors.CorruptDocumentError();
};

export const packFailure = (error: unknown): PackedError => {
  const { code, details } = asDomainError(error);
  return { code, details };
};

/** @returns the error that the other side met, as the same class */
export const reviveError = ({ code, details }: PackedError): DomainError => {
  const found = Object.values(errors).find(({ definition }) => definition.code === code);
  return new (found ?? errors.CorruptDocumentError)(details);
};
