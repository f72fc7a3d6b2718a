import { euclideanLength } from '#libs/text';

import { ProtocolError } from '../resilience/upstream-errors';

const toUnitVector = (numbers: unknown): Float32Array => {
  if (!Array.isArray(numbers) || numbers.length === 0) throw new ProtocolError('An embedding is not a list of numbers');
  if (!numbers.every((value) => Number.isFinite(value)))
    throw new ProtocolError('An embedding holds a non-finite number');
  const vector = Float32Array.from(numbers as number[]);
  const norm = euclideanLength(vector);
  if (norm === 0 || !Number.isFinite(norm)) throw new ProtocolError('An embedding has no direction');
  return vector.map((value) => value / norm);
};

/**
 * Checks what a server calls embeddings and scales each to length 1.
 * @throws ProtocolError unless there are `expected` vectors of one length, finite and not zero
 */
export const toUnitVectors = (embeddings: unknown, expected: number): Float32Array[] => {
  if (!Array.isArray(embeddings) || embeddings.length !== expected) {
    throw new ProtocolError('The number of embeddings is not the number of texts');
  }
  const vectors = embeddings.map(toUnitVector);
  if (new Set(vectors.map(({ length }) => length)).size > 1) throw new ProtocolError('Embeddings differ in length');
  return vectors;
};
