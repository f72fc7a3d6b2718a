import {
  ChromaConnectionError,
  ChromaForbiddenError,
  ChromaNotFoundError,
  ChromaRateLimitError,
  ChromaServerError,
  ChromaUnauthorizedError,
} from 'chromadb';
import { BrokenCircuitError, TaskCancelledError } from 'cockatiel';

import { DomainError } from '#libs/kernel';

import { VectorDimensionError, VectorStoreUnavailableError, type VectorStoreOutage } from '../vector-store.errors';

/** Failures of the server rather than of the request: they count for the breaker. */
const OUTAGES: readonly (readonly [new (...args: never[]) => Error, VectorStoreOutage])[] = [
  [TaskCancelledError, 'timeout'],
  [BrokenCircuitError, 'circuit_open'],
  [ChromaConnectionError, 'unreachable'],
  [ChromaRateLimitError, 'overloaded'],
  [ChromaUnauthorizedError, 'refused'],
  [ChromaForbiddenError, 'refused'],
  [ChromaServerError, 'failed'],
  [SyntaxError, 'failed'],
];

const outageOf = (error: unknown): VectorStoreOutage | undefined =>
  OUTAGES.find(([type]) => error instanceof type)?.[1];

export const isOutage = (error: unknown): boolean => outageOf(error) !== undefined;

/** A lost connection or a busy server passes; a timeout already took the caller's patience. */
export const isWorthRetrying = (error: unknown): boolean =>
  ['unreachable', 'overloaded', 'failed'].includes(outageOf(error) ?? '');

/** Chroma 1.0: "Collection expecting embedding with dimension of 768, got 3". */
const DIMENSION_MESSAGE = /dimension of (\d+), got (\d+)/;

/** Chroma 1.0 answers 400 for a database it does not know, and 404 for a collection: "Database [x] does not exist". */
const DATABASE_MESSAGE = /Database \[.*\] does not exist/;

/** Whether the server says that there is no such thing: what that means, the caller knows. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ChromaNotFoundError || (error instanceof Error && DATABASE_MESSAGE.test(error.message));

/** Gives a client failure its name in the product. */
export const namedError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  const dimensions = error instanceof Error ? DIMENSION_MESSAGE.exec(error.message) : null;
  if (dimensions) return new VectorDimensionError(Number(dimensions[1]), Number(dimensions[2]));
  return new VectorStoreUnavailableError(outageOf(error) ?? 'failed', error);
};
