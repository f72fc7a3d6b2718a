import { createHash } from 'node:crypto';

import type { VectorSpace } from '../vector-store';

/** What fits beside the hash in a Chroma name: 3 to 63 characters of [a-zA-Z0-9._-], alphanumeric at both ends. */
const PLAIN_ID = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,47}$/;
const HASH_LENGTH = 12;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);

/**
 * The Chroma collection of a space: the knowledge collection stays readable for an operator, the hash keeps
 * models and organizations apart.
 */
export const chromaSpaceName = ({ organizationId, collectionId, embeddingModel }: VectorSpace): string => {
  const readable = PLAIN_ID.test(collectionId) ? collectionId : `h${shortHash(collectionId)}`;
  return `${readable}-${shortHash(JSON.stringify([organizationId, embeddingModel]))}`;
};
