import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';

import { checkVector } from '../check-vector';
import { rankHits } from '../rank-hits';
import { VectorStore, type VectorHit, type VectorRecord, type VectorSpace } from '../vector-store';
import { batches, lastOfEachId } from './batches';
import { QdrantConnection, type QdrantConnectionOptions } from './qdrant-connection';
import { isMissing } from './qdrant-errors';
import { qdrantCollectionOf, qdrantPointId } from './qdrant-names';
import { QdrantSpaces, TENANT } from './qdrant-spaces';

/** Bounds requests and answers; a body may have 32 MB. */
const ID_PAGE = 1_000;
const MAX_BATCH = 1_000;
/** The payload field with our id: Qdrant's own are UUIDs. */
const KEY = 'key';
const SEARCH = { hnsw_ef: 200 };

/**
 * Vectors in Qdrant, for more of them than one machine holds: it spreads a collection over nodes. One Qdrant collection
 * per organization and model, in which each knowledge collection is a tenant with a graph of its own.
 */
export class QdrantVectorStore extends VectorStore {
  private readonly connection: QdrantConnection;
  private readonly spaces: QdrantSpaces;

  constructor(options: QdrantConnectionOptions) {
    super();
    this.connection = new QdrantConnection(options);
    this.spaces = new QdrantSpaces(this.connection);
  }

  override async ensureSpace(space: VectorSpace): Promise<void> {
    await this.spaces.ensure(space);
  }

  override async upsert(space: VectorSpace, records: readonly VectorRecord[]): Promise<void> {
    for (const { vector } of records) checkVector(space, vector);
    for (const batch of batches(lastOfEachId(records), MAX_BATCH)) {
      const points = batch.map(({ id, vector }) => ({
        id: qdrantPointId(space, id),
        vector: Array.from(vector),
        payload: { [TENANT]: space.collectionId, [KEY]: id },
      }));
      await this.write(space, (client, name) => client.upsert(name, { wait: true, points }));
    }
  }

  override async query(space: VectorSpace, vector: Float32Array, limit: number): Promise<VectorHit[]> {
    checkVector(space, vector);
    if (limit < 1) return [];
    const request = { query: Array.from(vector), filter: only(space), params: SEARCH, limit, with_payload: [KEY] };
    const { points } = await this.connection.call(
      'query',
      (client) => client.query(qdrantCollectionOf(space), request),
      { points: [] },
    );
    return rankHits(points.map((point) => ({ id: keyOf(point), score: Math.max(-1, Math.min(1, point.score)) })));
  }

  override async remove(space: VectorSpace, ids: readonly string[]): Promise<void> {
    for (const points of pagesOf(space, ids)) {
      await this.removePoints(space, { wait: true, points });
    }
  }

  override async existing(space: VectorSpace, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const page of pagesOf(space, ids)) {
      const request = { ids: page, with_payload: [KEY], with_vector: false };
      const points = await this.connection.call(
        'list',
        (client) => client.retrieve(qdrantCollectionOf(space), request),
        [],
      );
      for (const point of points) found.add(keyOf(point));
    }
    return found;
  }

  override async *listIds(space: VectorSpace): AsyncIterable<readonly string[]> {
    const request = { filter: only(space), limit: ID_PAGE, with_payload: [KEY], with_vector: false };
    let offset: Schemas['ExtendedPointId'] | undefined;
    do {
      const from = offset === undefined ? {} : { offset };
      const page: Schemas['ScrollResult'] = await this.connection.call(
        'list',
        (client) => client.scroll(qdrantCollectionOf(space), { ...request, ...from }),
        { points: [] },
      );
      if (page.points.length > 0) yield page.points.map(keyOf);
      offset = nextOf(page);
    } while (offset !== undefined);
  }

  /** None: a knowledge collection is a tenant here, and which tenants and models there are, Qdrant was not told. */
  override async *listSpaces(): AsyncIterable<readonly VectorSpace[]> {
    yield await Promise.resolve([]);
  }

  override async count(space: VectorSpace): Promise<number> {
    const { count } = await this.connection.call(
      'count',
      (client) => client.count(qdrantCollectionOf(space), { filter: only(space), exact: true }),
      { count: 0 },
    );
    return count;
  }

  override async dropSpace(space: VectorSpace): Promise<void> {
    await this.removePoints(space, { wait: true, filter: only(space) });
  }

  override async ping(): Promise<void> {
    await this.connection.call('ping', (client) => client.versionInfo());
  }

  private async removePoints(space: VectorSpace, selector: Parameters<QdrantClient['delete']>[1]): Promise<void> {
    const work = async (client: QdrantClient) => {
      await client.delete(qdrantCollectionOf(space), selector);
      return true;
    };
    await this.connection.call('remove', work, true);
  }

  /** A collection that vanished behind our back is made once more. */
  private async write(
    space: VectorSpace,
    work: (client: QdrantClient, name: string) => Promise<unknown>,
  ): Promise<void> {
    const send = async () => {
      const name = await this.spaces.ensure(space);
      await this.connection.call('upsert', (client) => work(client, name));
    };
    try {
      await send();
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.spaces.forget(space);
      await send();
    }
  }
}

/** The points of one knowledge collection. */
const only = ({ collectionId }: VectorSpace) => ({ must: [{ key: TENANT, match: { value: collectionId } }] });

function* pagesOf(space: VectorSpace, ids: readonly string[]): Generator<string[]> {
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += ID_PAGE) {
    yield unique.slice(from, from + ID_PAGE).map((id) => qdrantPointId(space, id));
  }
}

const keyOf = ({ payload }: { payload?: Record<string, unknown> | null | undefined }): string => String(payload?.[KEY]);

const nextOf = ({ next_page_offset: next }: Schemas['ScrollResult']): Schemas['ExtendedPointId'] | undefined =>
  typeof next === 'string' || typeof next === 'number' ? next : undefined;
