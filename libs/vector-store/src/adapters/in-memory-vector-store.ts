import { checkVector } from '../check-vector';
import { rankHits } from '../rank-hits';
import { VectorStore, type VectorHit, type VectorRecord, type VectorSpace } from '../vector-store';
import { VectorDimensionError } from '../vector-store.errors';

interface StoredSpace {
  readonly space: VectorSpace;
  readonly vectors: Map<string, Float32Array>;
}

const PAGE = 1000;

const keyOf = (space: VectorSpace): string =>
  JSON.stringify([space.organizationId, space.collectionId, space.embeddingModel]);

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** As asynchronous as a server: what goes wrong rejects, it does not throw. */
const attempt = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);

/** Zero vectors are as far from everything as Chroma says they are: similarity 0. */
const cosine = (a: Float32Array, b: Float32Array): number => {
  const norm = Math.sqrt(dot(a, a) * dot(b, b));
  return norm === 0 ? 0 : dot(a, b) / norm;
};

/** Exact search in memory, for tests that need no server. Passes the same contract suite as Chroma. */
export class InMemoryVectorStore extends VectorStore {
  private readonly spaces = new Map<string, StoredSpace>();

  override ensureSpace(space: VectorSpace): Promise<void> {
    return attempt(() => {
      this.open(space);
    });
  }

  override upsert(space: VectorSpace, records: readonly VectorRecord[]): Promise<void> {
    return attempt(() => {
      for (const { vector } of records) checkVector(space, vector);
      const { vectors } = this.open(space);
      for (const { id, vector } of records) vectors.set(id, vector.slice());
    });
  }

  override query(space: VectorSpace, vector: Float32Array, limit: number): Promise<VectorHit[]> {
    return attempt(() => {
      checkVector(space, vector);
      const stored = this.spaces.get(keyOf(space))?.vectors ?? [];
      const hits = Array.from(stored, ([id, candidate]) => ({ id, score: cosine(vector, candidate) }));
      return rankHits(hits).slice(0, limit);
    });
  }

  override remove(space: VectorSpace, ids: readonly string[]): Promise<void> {
    const stored = this.spaces.get(keyOf(space));
    for (const id of ids) stored?.vectors.delete(id);
    return Promise.resolve();
  }

  override existing(space: VectorSpace, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const stored = this.spaces.get(keyOf(space));
    return Promise.resolve(new Set(ids.filter((id) => stored?.vectors.has(id))));
  }

  override async *listIds(space: VectorSpace): AsyncIterable<readonly string[]> {
    const ids = [...(this.spaces.get(keyOf(space))?.vectors.keys() ?? [])];
    for (let from = 0; from < ids.length; from += PAGE) yield await Promise.resolve(ids.slice(from, from + PAGE));
  }

  override count(space: VectorSpace): Promise<number> {
    return Promise.resolve(this.spaces.get(keyOf(space))?.vectors.size ?? 0);
  }

  override async *listSpaces(organizationId: string): AsyncIterable<readonly VectorSpace[]> {
    const spaces = Array.from(this.spaces.values(), ({ space }) => space);
    yield await Promise.resolve(spaces.filter((space) => space.organizationId === organizationId));
  }

  override dropSpace(space: VectorSpace): Promise<void> {
    this.spaces.delete(keyOf(space));
    return Promise.resolve();
  }

  override ping(): Promise<void> {
    return Promise.resolve();
  }

  private open(space: VectorSpace): StoredSpace {
    const known = this.spaces.get(keyOf(space)) ?? { space: { ...space }, vectors: new Map() };
    if (known.space.dimension !== space.dimension) {
      throw new VectorDimensionError(known.space.dimension, space.dimension);
    }
    this.spaces.set(keyOf(space), known);
    return known;
  }
}
