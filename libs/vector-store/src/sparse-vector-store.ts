/** The passages of one knowledge collection, whatever model embeds them. */
export interface SparseSpace {
  readonly organizationId: string;
  readonly collectionId: string;
}

/** Knowledge collections of one organization that are searched as one. */
export interface SparseScope {
  readonly organizationId: string;
  readonly collectionIds: readonly string[];
}

/** Weights by dimension, a number below 2^32; what is not there is 0. */
export type SparseVector = ReadonlyMap<number, number>;

/** A passage has two sparse vectors: one by its words, one by its character 4-grams. */
export type SparseField = 'words' | 'grams';

/** `id` is that of the passage's embedding, `document:generation:ordinal`. */
export interface SparseRecord {
  readonly id: string;
  /** Of the passage (ISO 639-1, or `und`). */
  readonly language: string;
  readonly vectors: Readonly<Record<SparseField, SparseVector>>;
}

export interface SparseQuery {
  readonly field: SparseField;
  readonly weights: SparseVector;
}

export interface SparseHit {
  readonly id: string;
  readonly collectionId: string;
  /** Comparable within one query of one scope. */
  readonly score: number;
}

/**
 * Port: passages by their terms, as sparse vectors, where a store outside this process is to search them. Derived data like
 * the embeddings: SQL is the truth, and all of it can be rebuilt. Terms are numbers here; no text is kept.
 */
export abstract class SparseVectorStore {
  /** False where nothing is kept, because each process has an index of its own: then there is nothing to write either. */
  abstract readonly isUsed: boolean;

  /** Writes or replaces passages, in batches the store accepts. @throws VectorStoreUnavailableError */
  abstract upsert(space: SparseSpace, records: readonly SparseRecord[]): Promise<void>;

  /**
   * For each query the `limit` best passages of the scope, best first: by the sum of query weight x IDF x stored weight
   * over the dimensions they share. IDF is counted over the scope alone, so what lies elsewhere changes no score.
   */
  abstract query(scope: SparseScope, queries: readonly SparseQuery[], limit: number): Promise<SparseHit[][]>;

  /** Number of passages of the scope by language. */
  abstract languages(scope: SparseScope): Promise<ReadonlyMap<string, number>>;

  /**
   * How many passages of the scope have each dimension.
   * @param passages of the scope, all together
   */
  abstract frequencies(
    scope: SparseScope,
    field: SparseField,
    dimensions: Iterable<number>,
    passages: number,
  ): Promise<ReadonlyMap<number, number>>;

  /** Removes records; ids that do not exist are ignored. */
  abstract remove(space: SparseSpace, ids: readonly string[]): Promise<void>;

  /** Which of these ids have a record. */
  abstract existing(space: SparseSpace, ids: readonly string[]): Promise<ReadonlySet<string>>;

  /** Every id of the space, a page at a time, for the reconciler. */
  abstract listIds(space: SparseSpace): AsyncIterable<readonly string[]>;

  /** Number of records; 0 for an unknown space. */
  abstract count(space: SparseSpace): Promise<number>;

  /** Removes the space and all its records. Idempotent. */
  abstract dropSpace(space: SparseSpace): Promise<void>;
}
