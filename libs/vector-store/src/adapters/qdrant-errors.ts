import { QdrantClientResourceExhaustedError, QdrantClientTimeoutError } from '@qdrant/js-client-rest';
import { BrokenCircuitError, TaskCancelledError } from 'cockatiel';

import { DomainError } from '#libs/kernel';

import { VectorDimensionError, VectorStoreUnavailableError, type VectorStoreOutage } from '../vector-store.errors';

const NOT_FOUND = 404;
const CONFLICT = 409;
const SERVER_ERROR = 500;
const STATUSES: ReadonlyMap<number, VectorStoreOutage> = new Map([
  [401, 'refused'],
  [403, 'refused'],
  [429, 'overloaded'],
]);

const KINDS: readonly (readonly [new (...args: never[]) => Error, VectorStoreOutage])[] = [
  [TaskCancelledError, 'timeout'],
  [BrokenCircuitError, 'circuit_open'],
  [QdrantClientTimeoutError, 'timeout'],
  [QdrantClientResourceExhaustedError, 'overloaded'],
];

/** What `fetch` throws when there is no connection. */
const isDisconnected = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'message' in error && error.message === 'fetch failed';

/** The client's `ApiError` belongs to a package of its own: it is known by the status it carries. */
const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;

const outageOf = (error: unknown): VectorStoreOutage | undefined => {
  const kind = KINDS.find(([type]) => error instanceof type)?.[1];
  if (kind) return kind;
  if (isDisconnected(error)) return 'unreachable';
  const status = statusOf(error);
  if (status === undefined) return error instanceof DomainError ? undefined : 'failed';
  return STATUSES.get(status) ?? (status >= SERVER_ERROR ? 'failed' : undefined);
};

export const isOutage = (error: unknown): boolean => outageOf(error) !== undefined;

/** A lost connection or a busy server passes; a timeout already took the caller's patience. */
export const isWorthRetrying = (error: unknown): boolean =>
  ['unreachable', 'overloaded', 'failed'].includes(outageOf(error) ?? '');

export const isMissing = (error: unknown): boolean => statusOf(error) === NOT_FOUND;
/** Somebody else has just made the same collection. */
export const isConflict = (error: unknown): boolean => statusOf(error) === CONFLICT;

/** Qdrant: "Wrong input: Vector dimension error: expected dim: 768, got 3". */
const DIMENSION_MESSAGE = /expected dim: (\d+), got (\d+)/;

/** Gives a client failure its name in the product. */
export const namedError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  const data = error instanceof Error && 'data' in error ? JSON.stringify(error.data) : '';
  const dimensions = DIMENSION_MESSAGE.exec(data);
  if (dimensions) return new VectorDimensionError(Number(dimensions[1]), Number(dimensions[2]));
  return new VectorStoreUnavailableError(outageOf(error) ?? 'failed', error);
};
