import { Injectable } from '@nestjs/common';

import type { ReadableCollection } from '#libs/ingestion';
import { DomainError } from '#libs/kernel';
import { EmbeddingDimensionError, EmbeddingModels } from '#libs/llm';
import { VectorStore, type VectorHit } from '#libs/vector-store';

import { byScore } from '../fusion/fuse';
import { inLanes } from '../in-lanes';

/** What one embedding model found in the collections it embedded; scores of two models are never comparable. */
export interface DenseLeg {
  readonly embeddingModel: string;
  /** Cosine similarity, best first. */
  readonly hits: readonly VectorHit[];
}

/** Collections whose vectors could not be searched. */
export interface DenseFailure {
  readonly error: DomainError;
  readonly collectionIds: readonly string[];
}

export interface DenseResult {
  /** One for each model of which at least one collection answered. */
  readonly legs: readonly DenseLeg[];
  readonly failures: readonly DenseFailure[];
}

interface CollectionOutcome {
  readonly collectionId: string;
  readonly hits: readonly VectorHit[];
  readonly error?: DomainError;
}

/** Spaces asked at once: Chroma answers one in 2-5 ms, and two cores serve no more at a time. */
const SPACES_AT_ONCE = 8;

/** Finds passages by meaning: embeds the question once per model, then asks each collection's vectors. */
@Injectable()
export class DenseSearch {
  constructor(
    private readonly models: EmbeddingModels,
    private readonly vectors: VectorStore,
  ) {}

  /** Never throws for a model or a store that is down: what failed is in the result, beside what was found. */
  async search(
    collections: readonly ReadableCollection[],
    question: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<DenseResult> {
    const byModel = Map.groupBy(collections, ({ embeddingModel }) => embeddingModel);
    const results = await Promise.all(
      Array.from(byModel, ([model, group]) => this.searchModel(model, group, question, limit, signal)),
    );
    return { legs: results.flatMap(({ legs }) => legs), failures: results.flatMap(({ failures }) => failures) };
  }

  private async searchModel(
    embeddingModel: string,
    collections: readonly ReadableCollection[],
    question: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<DenseResult> {
    try {
      const vector = await this.embed(embeddingModel, question, signal);
      const outcomes = await inLanes(collections, SPACES_AT_ONCE, (collection) => this.ask(collection, vector, limit));
      const hits = outcomes.flatMap((outcome) => outcome.hits).sort(byScore);
      const answered = outcomes.some(({ error }) => error === undefined);
      const legs = answered ? [{ embeddingModel, hits: hits.slice(0, limit) }] : [];
      return { legs, failures: failuresOf(outcomes) };
    } catch (error) {
      const collectionIds = collections.map(({ id }) => id);
      return { legs: [], failures: [{ error: expected(error), collectionIds }] };
    }
  }

  private async embed(embeddingModel: string, question: string, signal?: AbortSignal): Promise<Float32Array> {
    const model = this.models.byId(embeddingModel);
    const [vector] = await model.embed([question], 'query', signal);
    if (!vector) throw new EmbeddingDimensionError(embeddingModel, model.dimension, 0);
    return vector;
  }

  private async ask(collection: ReadableCollection, vector: Float32Array, limit: number): Promise<CollectionOutcome> {
    const { id: collectionId, organizationId, embeddingModel, embeddingDimension: dimension } = collection;
    try {
      const space = { organizationId, collectionId, embeddingModel, dimension };
      return { collectionId, hits: await this.vectors.query(space, vector, limit) };
    } catch (error) {
      return { collectionId, hits: [], error: expected(error) };
    }
  }
}

/** A failure without a name is a bug, and a bug is not hidden behind a degraded answer. */
const expected = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  throw error;
};

/** One failure for all collections that failed in the same way. */
const failuresOf = (outcomes: readonly CollectionOutcome[]): DenseFailure[] => {
  const failed = outcomes.flatMap(({ collectionId, error }) => (error ? [{ collectionId, error }] : []));
  return Array.from(Map.groupBy(failed, ({ error }) => error.message).values(), (group) => ({
    error: group[0]?.error,
    collectionIds: group.map(({ collectionId }) => collectionId),
  })).flatMap(({ error, collectionIds }) => (error ? [{ error, collectionIds }] : []));
};
