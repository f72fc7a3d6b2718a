import type { VectorSpace } from './vector-store';
import { InvalidVectorError, VectorDimensionError } from './vector-store.errors';

/**
 * What every adapter refuses before it writes or searches. Chroma itself accepts NaN.
 * @throws VectorDimensionError @throws InvalidVectorError
 */
export const checkVector = (space: VectorSpace, vector: Float32Array): void => {
  if (vector.length !== space.dimension) throw new VectorDimensionError(space.dimension, vector.length);
  if (!vector.every(Number.isFinite)) throw new InvalidVectorError();
};
