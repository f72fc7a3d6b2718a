import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits: guessing one is not an attack. */
const TOKEN_BYTES = 32;

export interface NewRefreshToken {
  /** Handed to the client, stored nowhere. */
  readonly token: string;
  readonly tokenHash: Buffer;
}

/** SHA-256: 256 random bits need no slow hash. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** 256 random bits, handed to somebody once. */
export const newToken = (): NewRefreshToken => withHash(randomBytes(TOKEN_BYTES).toString('base64url'));

/**
 * The token that follows a spent one. It is derived rather than drawn, so that a second request with the spent token can
 * be given the same successor although the successor is stored nowhere; without the key, a spent token leads nowhere.
 */
export const successorOf = (token: string, refreshKey: Buffer): NewRefreshToken =>
  withHash(createHmac('sha256', refreshKey).update(token).digest('base64url'));

const withHash = (token: string): NewRefreshToken => ({ token, tokenHash: hashToken(token) });
