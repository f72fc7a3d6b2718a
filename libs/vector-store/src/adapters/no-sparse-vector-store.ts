import { SparseVectorStore, type SparseHit, type SparseQuery, type SparseScope } from '../sparse-vector-store';

const NOTHING = Promise.resolve();

/** Keeps nothing: words are searched in each process. */
export class NoSparseVectorStore extends SparseVectorStore {
  override readonly isUsed = false;

  override upsert(): Promise<void> {
    return NOTHING;
  }

  override query(_scope: SparseScope, queries: readonly SparseQuery[]): Promise<SparseHit[][]> {
    return Promise.resolve(queries.map(() => []));
  }

  override languages(): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map());
  }

  override frequencies(): Promise<ReadonlyMap<number, number>> {
    return Promise.resolve(new Map());
  }

  override remove(): Promise<void> {
    return NOTHING;
  }

  override existing(): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set());
  }

  override async *listIds(): AsyncIterable<readonly string[]> {
    yield await Promise.resolve([]);
  }

  override count(): Promise<number> {
    return Promise.resolve(0);
  }

  override dropSpace(): Promise<void> {
    return NOTHING;
  }
}
