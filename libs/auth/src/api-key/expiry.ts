import { ApiKeyExpiryError } from './api-key.errors';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Two weeks: long enough to find out what uses a key. */
const WARNING_MS = 14 * DAY_MS;

export const expiresSoon = (expiresAt: Date, now: Date): boolean => expiresAt.getTime() - now.getTime() < WARNING_MS;

/**
 * When a key ends.
 * @param wanted ISO 8601; the latest allowed end when absent
 * @param maxDays the longest life of a key
 * @throws ApiKeyExpiryError when it is past or later than allowed
 */
export const expiryOf = (wanted: string | undefined, now: Date, maxDays: number): Date => {
  const latest = new Date(now.getTime() + maxDays * DAY_MS);
  const expiresAt = wanted === undefined ? latest : new Date(wanted);
  if (!(expiresAt > now && expiresAt <= latest)) throw new ApiKeyExpiryError({ days: maxDays });
  return expiresAt;
};
