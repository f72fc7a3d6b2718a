/** Where the vectors of one knowledge collection and one embedding model live. */
export interface VectorSpace {
  readonly organizationId: string;
  readonly collectionId: string;
  /** {@link EmbeddingModel.id}. */
  readonly embeddingModel: string;
  readonly dimension: number;
}

/** `id` is deterministic, `document:generation:ordinal`, so writing twice is writing once. */
export interface VectorRecord {
  readonly id: string;
  readonly vector: Float32Array;
}

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity, -1..1, higher is nearer. */
  readonly score: number;
}

/**
 * Port: nearest-neighbour search. Vectors are derived data: SQL is the truth, every reader joins live rows,
 * and everything here can be rebuilt. Every adapter passes test/contract/vector-store.
 */
export abstract class VectorStore {
  /** Creates the space when it does not exist. Idempotent. @throws VectorDimensionError @throws VectorStoreUnavailableError */
  abstract ensureSpace(space: VectorSpace): Promise<void>;

  /** Writes or replaces vectors, in batches the store accepts. @throws VectorDimensionError when a vector has another length. */
  abstract upsert(space: VectorSpace, records: readonly VectorRecord[]): Promise<void>;

  /** The `limit` nearest records, best first. An unknown space has no records. */
  abstract query(space: VectorSpace, vector: Float32Array, limit: number): Promise<VectorHit[]>;

  /** Removes records; ids that do not exist are ignored. */
  abstract remove(space: VectorSpace, ids: readonly string[]): Promise<void>;

  /** Which of these ids have a record. */
  abstract existing(space: VectorSpace, ids: readonly string[]): Promise<ReadonlySet<string>>;

  /** Every id of the space, a page at a time, for the reconciler. */
  abstract listIds(space: VectorSpace): AsyncIterable<readonly string[]>;

  /** Number of records; 0 for an unknown space. */
  abstract count(space: VectorSpace): Promise<number>;

  /**
   * Every space of an organization, a page at a time, those included that nobody knows any more. Only what was written by
   * {@link ensureSpace} counts: others may use the same server for something else. A store that cannot tell lists none.
   */
  abstract listSpaces(organizationId: string): AsyncIterable<readonly VectorSpace[]>;

  /** Removes the space and all its records. Idempotent. */
  abstract dropSpace(space: VectorSpace): Promise<void>;

  /** Resolves while the store answers. @throws VectorStoreUnavailableError */
  abstract ping(): Promise<void>;
}
