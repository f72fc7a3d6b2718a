import type { RequestStore } from '#libs/http';

const EXPIRES_AT = Symbol('auth:api-key-expires-at');

/** Remembers with a request when the secret it was made with ends. */
export const noteExpiry = (store: RequestStore | undefined, expiresAt: Date): void => {
  if (store) store[EXPIRES_AT] = expiresAt;
};

/** Undefined for a request without an API key. */
export const notedExpiry = (store: RequestStore | undefined): Date | undefined =>
  store?.[EXPIRES_AT] as Date | undefined;
