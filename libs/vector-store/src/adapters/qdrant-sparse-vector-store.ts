import type { Schemas } from '@qdrant/js-client-rest';

import {
  SparseVectorStore,
  type SparseField,
  type SparseHit,
  type SparseQuery,
  type SparseRecord,
  type SparseScope,
  type SparseSpace,
  type SparseVector,
} from '../sparse-vector-store';
import { frequencyBehind } from './frequency-behind';
import { QdrantConnection, type QdrantConnectionOptions } from './qdrant-connection';
import { qdrantPointId, qdrantWordsOf } from './qdrant-names';
import { KEY, keyOf, pointsOf, QdrantPoints, TENANT, type Tenant } from './qdrant-points';
import { LANGUAGE, QdrantWordSpaces } from './qdrant-word-spaces';

/** About 2 MB: a passage has more than a thousand 4-grams. */
const MAX_BATCH = 64;
/** Searches in one request: a question as long as can be asked takes a few. */
const MAX_SEARCHES = 100;
/** More than there are languages that the detector tells. */
const MAX_LANGUAGES = 200;

/**
 * Words in Qdrant, for more of them than one process holds. One Qdrant collection per organization, apart from embeddings:
 * IDF is counted over all that is searched together, and a change of the embedding model changes no word. Each search
 * narrows that count to the collections it searches (`params.idf.corpus`, Qdrant 1.19).
 */
export class QdrantSparseVectorStore extends SparseVectorStore {
  override readonly isUsed = true;
  private readonly connection: QdrantConnection;
  private readonly spaces: QdrantWordSpaces;
  private readonly points: QdrantPoints;

  constructor(options: QdrantConnectionOptions) {
    super();
    this.connection = new QdrantConnection(options);
    this.spaces = new QdrantWordSpaces(this.connection);
    this.points = new QdrantPoints(this.connection);
  }

  override async upsert(space: SparseSpace, records: readonly SparseRecord[]): Promise<void> {
    const name = qdrantWordsOf(space);
    const destination = { ensure: () => this.spaces.ensure(name), forget: () => this.spaces.forget(name) };
    for (let first = 0; first < records.length; first += MAX_BATCH) {
      const points = records.slice(first, first + MAX_BATCH).map((record) => pointOf(space, record));
      await this.points.write(destination, name, points);
    }
  }

  override async query(scope: SparseScope, queries: readonly SparseQuery[], limit: number): Promise<SparseHit[][]> {
    if (limit < 1) return queries.map(() => []);
    const asked = queries.filter(({ weights }) => weights.size > 0);
    const searches = asked.map(({ field, weights }) => ({
      ...searchOf(scope, field, weights),
      limit,
      with_payload: [KEY, TENANT],
    }));
    const answers = (await this.search(scope, searches)).values();
    return queries.map(({ weights }) => (weights.size > 0 ? hitsOf(answers.next().value) : []));
  }

  override async languages(scope: SparseScope): Promise<ReadonlyMap<string, number>> {
    const filter = pointsOf(scope.collectionIds);
    const request = { key: LANGUAGE, filter, exact: true, limit: MAX_LANGUAGES };
    const { hits } = await this.connection.call('count', (client) => client.facet(qdrantWordsOf(scope), request), {
      hits: [],
    });
    return new Map(hits.map(({ value, count }) => [String(value), count]));
  }

  /**
   * Qdrant does not tell them (1.19), but shows them: the best passage for one dimension alone has the score IDF x stored
   * weight, and the weight can be read.
   */
  override async frequencies(
    scope: SparseScope,
    field: SparseField,
    dimensions: Iterable<number>,
    passages: number,
  ): Promise<ReadonlyMap<number, number>> {
    const wanted = [...new Set(dimensions)];
    const searches = wanted.map((dimension) => ({
      ...searchOf(scope, field, new Map([[dimension, 1]])),
      limit: 1,
      with_payload: false,
      with_vector: [field],
    }));
    const found = await this.search(scope, searches);
    const rarities = wanted.map((dimension, at) => rarityOf(found[at], field, dimension));
    return new Map(
      wanted.map((dimension, at) => [dimension, rarities[at] ? frequencyBehind(rarities[at], passages) : 0]),
    );
  }

  override async remove(space: SparseSpace, ids: readonly string[]): Promise<void> {
    await this.points.remove(tenantOf(space), ids);
  }

  override existing(space: SparseSpace, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.points.existing(tenantOf(space), ids);
  }

  override listIds(space: SparseSpace): AsyncIterable<readonly string[]> {
    return this.points.listIds(tenantOf(space));
  }

  override count(space: SparseSpace): Promise<number> {
    return this.points.count(tenantOf(space));
  }

  override async dropSpace(space: SparseSpace): Promise<void> {
    await this.points.removeAll(tenantOf(space));
  }

  private async search(scope: SparseScope, searches: Schemas['QueryRequest'][]): Promise<Schemas['QueryResponse'][]> {
    if (scope.collectionIds.length === 0) return [];
    const name = qdrantWordsOf(scope);
    const requests = Array.from({ length: Math.ceil(searches.length / MAX_SEARCHES) }, (_, at) => ({
      searches: searches.slice(at * MAX_SEARCHES, (at + 1) * MAX_SEARCHES),
    }));
    const answers = requests.map((request) =>
      this.connection.call('query', (client) => client.queryBatch(name, request), []),
    );
    return (await Promise.all(answers)).flat();
  }
}

const tenantOf = (space: SparseSpace): Tenant => ({ name: qdrantWordsOf(space), collectionId: space.collectionId });

const sparse = (vector: SparseVector) => ({ indices: [...vector.keys()], values: [...vector.values()] });

const pointOf = (space: SparseSpace, { id, language, vectors }: SparseRecord): Schemas['PointStruct'] => ({
  id: qdrantPointId(space, id),
  vector: { words: sparse(vectors.words), grams: sparse(vectors.grams) },
  payload: { [TENANT]: space.collectionId, [KEY]: id, [LANGUAGE]: language },
});

/** What is searched is also what rarity is counted over. */
const searchOf = ({ collectionIds }: SparseScope, field: SparseField, weights: SparseVector) => {
  const filter = pointsOf(collectionIds);
  return { query: sparse(weights), using: field, filter, params: { idf: { corpus: filter } } };
};

const hitsOf = (answer: Schemas['QueryResponse'] | undefined): SparseHit[] =>
  (answer?.points ?? []).map((point) => ({
    id: keyOf(point),
    collectionId: String(point.payload?.[TENANT]),
    score: point.score,
  }));

const isSparse = (vector: unknown): vector is Schemas['SparseVector'] =>
  typeof vector === 'object' && vector !== null && 'indices' in vector && 'values' in vector;

/** Undefined where no passage has the dimension. */
const rarityOf = (
  answer: Schemas['QueryResponse'] | undefined,
  field: SparseField,
  dimension: number,
): number | undefined => {
  const [best] = answer?.points ?? [];
  const weight = best && weightOf(best.vector, field, dimension);
  return best && weight ? best.score / weight : undefined;
};

const weightOf = (vectors: unknown, field: SparseField, dimension: number): number | undefined => {
  const vector: unknown = typeof vectors === 'object' && vectors !== null ? Reflect.get(vectors, field) : undefined;
  return isSparse(vector) ? vector.values[vector.indices.indexOf(dimension)] : undefined;
};
