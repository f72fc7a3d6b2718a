/** Retrieval models embed a question and a passage differently (task prefixes). */
export type EmbeddingPurpose = 'document' | 'query';

/** Port: turns text into vectors. Vectors of two models are never comparable. */
export abstract class EmbeddingModel {
  /** Stable name stored with every collection, `provider:model`, e.g. `builtin:hashed-ngrams-v1`. */
  abstract readonly id: string;

  /** Length of every vector. */
  abstract readonly dimension: number;

  /**
   * Embeds texts, in order, as unit-length vectors of `dimension` finite numbers.
   * @throws ModelUnavailableError when the model server does not answer or answers nonsense.
   */
  abstract embed(texts: readonly string[], purpose: EmbeddingPurpose, signal?: AbortSignal): Promise<Float32Array[]>;
}
