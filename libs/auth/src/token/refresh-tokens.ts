import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: guessing one is not an attack. */
const TOKEN_BYTES = 32;

export interface NewRefreshToken {
  /** Handed to the client, stored nowhere. */
  readonly token: string;
  readonly tokenHash: Buffer;
}

export const hashRefreshToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export const newRefreshToken = (): NewRefreshToken => {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, tokenHash: hashRefreshToken(token) };
};
