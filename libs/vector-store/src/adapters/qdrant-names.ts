import { createHash } from 'node:crypto';

import type { VectorSpace } from '../vector-store';

const MODEL_HASH_LENGTH = 12;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The Qdrant collection of a space: one for each organization and embedding model. Knowledge collections are tenants in
 * it, because each Qdrant collection costs segments and a write-ahead log of 32 MB (Qdrant documentation, "Multitenancy").
 */
export const qdrantCollectionOf = ({ organizationId, embeddingModel }: VectorSpace): string =>
  `myia-${sha256(organizationId).slice(0, MODEL_HASH_LENGTH)}-${sha256(embeddingModel).slice(0, MODEL_HASH_LENGTH)}`;

/** Qdrant takes UUIDs and numbers for ids: a name-based one, the same for the same record of the same collection (RFC 9562, version 8). */
export const qdrantPointId = ({ collectionId }: VectorSpace, id: string): string => {
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
