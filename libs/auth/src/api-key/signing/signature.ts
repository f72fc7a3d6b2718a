import { createHash, createHmac } from 'node:crypto';

/** In `Authorization`, and the first line of what is signed, so that a signature means one way of signing only. */
export const SIGNATURE_SCHEME = 'MYIA-HMAC-SHA256';

/** Separates the signing key from every other use of the same API key. */
const KEY_PURPOSE = 'my-ia/request-signing/v1';

/** What of a request is signed. */
export interface SignedParts {
  readonly method: string;
  /** Path and query as sent, such as `/api/v1/documents?page=2`. */
  readonly target: string;
  /** Seconds since 1970, decimal. */
  readonly timestamp: string;
  readonly nonce: string;
  /** SHA-256 of the body as sent, hexadecimal; of nothing when there is no body. */
  readonly contentHash: string;
}

/** The key of all signatures of an API key. One HMAC is enough to derive it, because the API key holds 256 random bits. */
export const signingKeyOf = (apiKey: string): Buffer => createHmac('sha256', apiKey).update(KEY_PURPOSE).digest();

export const canonicalRequest = ({ method, target, timestamp, nonce, contentHash }: SignedParts): string =>
  [SIGNATURE_SCHEME, method.toUpperCase(), target, timestamp, nonce, contentHash].join('\n');

export const signatureOf = (signingKey: Buffer, parts: SignedParts): Buffer =>
  createHmac('sha256', signingKey).update(canonicalRequest(parts)).digest();

export const contentHashOf = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');
