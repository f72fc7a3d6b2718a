import type { ErrorKind } from '#libs/kernel';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
  internal: 500,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
};

/** The one place where a kind of failure meets an HTTP status. */
export const statusOf = (kind: ErrorKind): number => STATUS[kind];
