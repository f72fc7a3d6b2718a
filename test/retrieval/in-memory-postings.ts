import { inverseDocumentFrequency } from '../../libs/retrieval/src/lexical/bm25';
import type {
  SparseField,
  SparseHit,
  SparseQuery,
  SparseRecord,
  SparseScope,
  SparseVectorStore,
} from '../../libs/vector-store/src/sparse-vector-store';

/** By dimension, which passages have it and with which weight. */
type Postings = Map<number, { readonly slots: number[]; readonly weights: number[] }>;

/** Scores as Qdrant does, over all it has: for measuring rankings of thousands of passages without a server. */
export class InMemoryPostings implements Pick<SparseVectorStore, 'query' | 'languages' | 'frequencies'> {
  private readonly ids: string[] = [];
  private readonly postings: Record<SparseField, Postings> = { words: new Map(), grams: new Map() };
  private readonly spoken = new Map<string, number>();

  add({ id, language, vectors }: SparseRecord): void {
    const slot = this.ids.push(id) - 1;
    this.spoken.set(language, (this.spoken.get(language) ?? 0) + 1);
    for (const field of ['words', 'grams'] as const) {
      for (const [dimension, weight] of vectors[field]) {
        const list = this.postings[field].get(dimension) ?? { slots: [], weights: [] };
        this.postings[field].set(dimension, list);
        list.slots.push(slot);
        list.weights.push(weight);
      }
    }
  }

  query(
    { collectionIds: [collectionId = ''] }: SparseScope,
    queries: readonly SparseQuery[],
    limit: number,
  ): Promise<SparseHit[][]> {
    const answers = queries.map((query) => {
      const hits = Array.from(this.scores(query), (score, slot) => ({ id: this.ids[slot] ?? '', collectionId, score }));
      return hits
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    });
    return Promise.resolve(answers);
  }

  languages(): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(this.spoken);
  }

  frequencies(
    _scope: SparseScope,
    field: SparseField,
    dimensions: Iterable<number>,
  ): Promise<ReadonlyMap<number, number>> {
    const counts = Array.from(dimensions, (one) => [one, this.postings[field].get(one)?.slots.length ?? 0] as const);
    return Promise.resolve(new Map(counts));
  }

  private scores({ field, weights: asked }: SparseQuery): Float64Array {
    const scores = new Float64Array(this.ids.length);
    for (const [dimension, weight] of asked) {
      const { slots, weights } = this.postings[field].get(dimension) ?? { slots: [], weights: [] };
      const rarity = weight * inverseDocumentFrequency(this.ids.length, slots.length);
      slots.forEach((slot, at) => {
        scores[slot] = (scores[slot] ?? 0) + rarity * (weights[at] ?? 0);
      });
    }
    return scores;
  }
}
