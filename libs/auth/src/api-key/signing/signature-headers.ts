import type { FastifyRequest } from 'fastify';

import { SIGNATURE_SCHEME, type SignedParts } from './signature';

const AUTHORIZATION = new RegExp(`^${SIGNATURE_SCHEME} +([\\da-f]{16}):([\\da-f]{64})$`, 'i');
/** Seconds; eleven digits last until the year 5138. */
const TIMESTAMP = /^\d{1,11}$/;
/** 16 characters of base64url are 96 bits; more than 64 would only fill the table. */
const NONCE = /^[\w-]{16,64}$/;
const CONTENT_HASH = /^[\da-f]{64}$/;

/** What the caller says about a signed request. */
export interface ClaimedSignature {
  readonly prefix: string;
  readonly signature: Buffer;
  readonly parts: SignedParts;
}

const matching = (header: string | string[] | undefined, pattern: RegExp): string | undefined =>
  typeof header === 'string' && pattern.test(header) ? header : undefined;

export const isSignedRequest = (authorization: string): boolean =>
  authorization.toUpperCase().startsWith(`${SIGNATURE_SCHEME} `);

/** The four headers of a signed request; undefined when one is missing or malformed. */
export const claimedSignature = ({ method, url, headers }: FastifyRequest): ClaimedSignature | undefined => {
  const [, prefix, signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  const timestamp = matching(headers['x-myia-timestamp'], TIMESTAMP);
  const nonce = matching(headers['x-myia-nonce'], NONCE);
  const contentHash = matching(headers['x-myia-content-sha256'], CONTENT_HASH);
  if (!prefix || !signature || !timestamp || !nonce || !contentHash) return undefined;
  const parts = { method, target: url, timestamp, nonce, contentHash };
  return { prefix: prefix.toLowerCase(), signature: Buffer.from(signature, 'hex'), parts };
};
