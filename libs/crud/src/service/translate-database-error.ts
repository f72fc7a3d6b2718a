import { QueryFailedError } from 'typeorm';

import { DuplicateResourceError, ResourceReferencedError } from '../crud.errors';

/** PostgreSQL, appendix A: class 23, integrity constraint violation. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

const sqlStateOf = (error: unknown): unknown =>
  error instanceof QueryFailedError ? (error.driverError as { code?: unknown }).code : undefined;

/** Broken constraints as conflicts a caller can mend; anything else as it came. */
export const translateDatabaseError = (error: unknown, resource: string): unknown => {
  const state = sqlStateOf(error);
  if (state === UNIQUE_VIOLATION) return new DuplicateResourceError({ resource }, { cause: error });
  return state === FOREIGN_KEY_VIOLATION ? new ResourceReferencedError({ resource }, { cause: error }) : error;
};
