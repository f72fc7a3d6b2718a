import { HASHED_DIMENSION, hashText } from '#libs/text';

import { EmbeddingModel, type EmbeddingPurpose } from '../embedding-model';
import { ModelUnavailableError } from '../llm.errors';

export const BUILTIN_EMBEDDING_ID = 'builtin:hashed-ngrams-v1';

/** About 5 ms of hashing; then the event loop gets its turn. */
const SLICE = 16;

/**
 * Embeds without any model, in process: hashed words and character 3- to 5-grams, 768 dimensions.
 * It knows spelling, not meaning: it finds inflections, compounds and typing errors, but no synonyms. nDCG@10 .53 on
 * SciFact and .67 on PIAF (.01 of it the luck of the hash), under BM25 (.69, .80): fuse it with a small weight. Queries and passages are embedded alike.
 * The id names the algorithm's version: change a weight or the hash and the version must change, or stored vectors lie.
 */
export class BuiltinEmbeddingModel extends EmbeddingModel {
  override readonly id = BUILTIN_EMBEDDING_ID;
  override readonly dimension = HASHED_DIMENSION;

  /** @throws ModelUnavailableError `aborted` when the signal fires. */
  override async embed(
    texts: readonly string[],
    _purpose: EmbeddingPurpose,
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const [index, text] of texts.entries()) {
      if (index > 0 && index % SLICE === 0) await new Promise(setImmediate);
      if (signal?.aborted) throw this.aborted(signal);
      vectors.push(hashText(text));
    }
    return vectors;
  }

  private aborted(signal: AbortSignal): ModelUnavailableError {
    return new ModelUnavailableError(
      { provider: 'builtin', model: 'hashed-ngrams-v1', reason: 'aborted' },
      { cause: signal.reason },
    );
  }
}
