import type { EmbeddingModel } from '#libs/llm';

import type { Cosine } from './scale';

/** A sentence of this length has said what it is about. */
const MOST_CHARACTERS = 600;

/** An embedding model gave what is no set of comparable vectors. */
class UnusableVectorsError extends Error {
  override readonly name = 'UnusableVectorsError';
}

const areUsable = (vectors: readonly Float32Array[], expected: number): boolean =>
  vectors.length === expected &&
  new Set(vectors.map(({ length }) => length)).size === 1 &&
  vectors.every((vector) => vector.length > 0 && vector.every(Number.isFinite));

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);

/**
 * Embeds texts in one call and tells how near any two are. All as questions: that is how models with prefixes are meant to
 * compare two texts of a kind (https://huggingface.co/intfloat/multilingual-e5-large), and questions do not wait behind documents.
 * @throws ModelUnavailableError, EmbeddingDimensionError as the model does
 * @throws UnusableVectorsError
 */
export const embedTexts = async (
  model: EmbeddingModel,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Cosine> => {
  const vectors = await model.embed(
    texts.map((text) => text.slice(0, MOST_CHARACTERS)),
    'query',
    signal,
  );
  if (!areUsable(vectors, texts.length)) throw new UnusableVectorsError('Vectors that cannot be compared');
  const known = new Map(texts.map((text, place) => [text, vectors[place]]));
  return (one, other) => {
    const [a, b] = [known.get(one), known.get(other)];
    return a && b ? dot(a, b) : 0;
  };
};
