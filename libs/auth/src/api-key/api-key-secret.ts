import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 64 bits: enough that two keys never share one; it is no secret. */
const PREFIX_BYTES = 8;
/** 256 bits: guessing one is not an attack, so a fast hash keeps it safe. */
const SECRET_BYTES = 32;

/** `myia_`, 16 hexadecimal digits, and 43 characters of base64url. */
const API_KEY = /^myia_([\da-f]{16})_([\w-]{43})$/;

/** Compared with when there is nothing to compare with, so that both cases take the same steps. */
const NO_HASH = Buffer.alloc(32);

/** The two halves of an API key. */
export interface ApiKeyParts {
  readonly prefix: string;
  readonly secret: string;
}

/** The hashes a secret may have. */
export interface SecretHashes {
  readonly secretHash: Buffer;
  readonly previousSecretHash: Buffer | null;
}

/** Which of them it has. */
export type SecretMatch = 'current' | 'previous' | undefined;

export const newPrefix = (): string => randomBytes(PREFIX_BYTES).toString('hex');

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const formatApiKey = ({ prefix, secret }: ApiKeyParts): string => `myia_${prefix}_${secret}`;

export const parseApiKey = (text: string): ApiKeyParts | undefined => {
  const [, prefix, secret] = API_KEY.exec(text) ?? [];
  return prefix === undefined || secret === undefined ? undefined : { prefix, secret };
};

const isHash = (hash: Buffer, known: Buffer | null | undefined): boolean =>
  timingSafeEqual(hash, known ?? NO_HASH) && Boolean(known);

/** Which secret of a key this is, in constant time; an unknown key takes as many steps as a known one. */
export const matchSecret = (secret: string, hashes: SecretHashes | undefined): SecretMatch => {
  const hash = hashSecret(secret);
  const isCurrent = isHash(hash, hashes?.secretHash);
  const isPrevious = isHash(hash, hashes?.previousSecretHash);
  if (isCurrent) return 'current';
  return isPrevious ? 'previous' : undefined;
};
