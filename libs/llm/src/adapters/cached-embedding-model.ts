import { EmbeddingModel, type EmbeddingPurpose } from '../embedding-model';
import type { ModelObserver } from '../model-observer';
import type { UpstreamEmbeddingModel } from './upstream-embedding-model';
import { VectorCache } from './vector-cache';

/**
 * Asks a model of a server once for each text: what is asked again, or has not changed when a document is indexed anew, is
 * remembered. Another model, or the same text for another purpose, is another text.
 */
export class CachedEmbeddingModel extends EmbeddingModel {
  override readonly id: string;

  constructor(
    private readonly model: UpstreamEmbeddingModel,
    private readonly cache: VectorCache,
    private readonly observer: ModelObserver,
  ) {
    super();
    this.id = model.id;
  }

  override get dimension(): number {
    return this.model.dimension;
  }

  /** Makes {@link dimension} known. @throws ModelUnavailableError */
  ready(signal?: AbortSignal): Promise<void> {
    return this.model.ready(signal);
  }

  override async embed(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    const keys = texts.map((text) => VectorCache.keyOf(this.id, purpose, text));
    const known = new Map(keys.map((key) => [key, this.cache.get(key)]));
    const missing = new Map(
      texts.map((text, place) => [keys[place] ?? '', text] as const).filter(([key]) => !known.get(key)),
    );
    this.observer.cached(texts.length - missing.size, missing.size);
    // Also without a text to embed: who has left is told so.
    const isAsked = missing.size > 0 || signal?.aborted === true;
    const fresh = isAsked ? await this.model.embed([...missing.values()], purpose, signal) : [];
    for (const [place, key] of [...missing.keys()].entries()) {
      const vector = fresh[place];
      if (!vector) continue;
      this.cache.set(key, vector);
      known.set(key, vector);
    }
    // Copies: who changes his vector must not change that of the next.
    return keys.flatMap((key) => known.get(key)?.slice() ?? []);
  }
}
