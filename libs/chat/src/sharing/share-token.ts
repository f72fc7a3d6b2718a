import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: nobody guesses one. */
const BYTES = 32;
/** Of a token, in characters. */
export const TOKEN_LENGTH = 43;

export const newShareToken = (): string => randomBytes(BYTES).toString('base64url');

/** What is stored of a token. As random as the token is, it needs no salt. */
export const hashShareToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
