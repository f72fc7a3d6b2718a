import { createHash } from 'node:crypto';

import type { VectorSpace } from '../vector-store';

const HASH_LENGTH = 12;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const shortened = (text: string): string => sha256(text).slice(0, HASH_LENGTH);

/**
 * The Qdrant collection of a space: one for each organization and embedding model. Knowledge collections are tenants in
 * it, because each Qdrant collection costs segments and a write-ahead log of 32 MB (Qdrant documentation, "Multitenancy").
 */
export const qdrantCollectionOf = ({ organizationId, embeddingModel }: VectorSpace): string =>
  `myia-${shortened(organizationId)}-${shortened(embeddingModel)}`;

/** The Qdrant collection with the words of an organization: no model has a say in them, and all are counted together. */
export const qdrantWordsOf = ({ organizationId }: Pick<VectorSpace, 'organizationId'>): string =>
  `myia-${shortened(organizationId)}-words`;

/** Qdrant takes UUIDs and numbers for ids: a name-based one, the same for the same record of the same collection (RFC 9562, version 8). */
export const qdrantPointId = ({ collectionId }: Pick<VectorSpace, 'collectionId'>, id: string): string => {
  const hash = sha256(JSON.stringify([collectionId, id]));
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ].join('-');
};
