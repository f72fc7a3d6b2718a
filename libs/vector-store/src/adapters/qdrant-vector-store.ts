import { checkVector } from '../check-vector';
import { rankHits } from '../rank-hits';
import { VectorStore, type VectorHit, type VectorRecord, type VectorSpace } from '../vector-store';
import { batches, lastOfEachId } from './batches';
import { QdrantConnection, type QdrantConnectionOptions } from './qdrant-connection';
import { qdrantCollectionOf, qdrantPointId } from './qdrant-names';
import { KEY, keyOf, pointsOf, QdrantPoints, TENANT, type Tenant } from './qdrant-points';
import { QdrantSpaces } from './qdrant-spaces';

/** Bounds requests; a body may have 32 MB. */
const MAX_BATCH = 1_000;
const SEARCH = { hnsw_ef: 200 };

/**
 * Vectors in Qdrant, for more of them than one machine holds: it spreads a collection over nodes. One Qdrant collection
 * per organization and model, in which each knowledge collection is a tenant with a graph of its own.
 */
export class QdrantVectorStore extends VectorStore {
  private readonly connection: QdrantConnection;
  private readonly spaces: QdrantSpaces;
  private readonly points: QdrantPoints;

  constructor(options: QdrantConnectionOptions) {
    super();
    this.connection = new QdrantConnection(options);
    this.spaces = new QdrantSpaces(this.connection);
    this.points = new QdrantPoints(this.connection);
  }

  override async ensureSpace(space: VectorSpace): Promise<void> {
    await this.spaces.ensure(space);
  }

  override async upsert(space: VectorSpace, records: readonly VectorRecord[]): Promise<void> {
    for (const { vector } of records) checkVector(space, vector);
    const destination = { ensure: () => this.spaces.ensure(space), forget: () => this.spaces.forget(space) };
    for (const batch of batches(lastOfEachId(records), MAX_BATCH)) {
      const points = batch.map(({ id, vector }) => ({
        id: qdrantPointId(space, id),
        vector: Array.from(vector),
        payload: { [TENANT]: space.collectionId, [KEY]: id },
      }));
      await this.points.write(destination, qdrantCollectionOf(space), points);
    }
  }

  override async query(space: VectorSpace, vector: Float32Array, limit: number): Promise<VectorHit[]> {
    checkVector(space, vector);
    if (limit < 1) return [];
    const filter = pointsOf([space.collectionId]);
    const request = { query: Array.from(vector), filter, params: SEARCH, limit, with_payload: [KEY] };
    const { points } = await this.connection.call(
      'query',
      (client) => client.query(qdrantCollectionOf(space), request),
      { points: [] },
    );
    return rankHits(points.map((point) => ({ id: keyOf(point), score: Math.max(-1, Math.min(1, point.score)) })));
  }

  override async remove(space: VectorSpace, ids: readonly string[]): Promise<void> {
    await this.points.remove(tenantOf(space), ids);
  }

  override existing(space: VectorSpace, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.points.existing(tenantOf(space), ids);
  }

  override listIds(space: VectorSpace): AsyncIterable<readonly string[]> {
    return this.points.listIds(tenantOf(space));
  }

  /** None: a knowledge collection is a tenant here, and which tenants and models there are, Qdrant was not told. */
  override async *listSpaces(): AsyncIterable<readonly VectorSpace[]> {
    yield await Promise.resolve([]);
  }

  override count(space: VectorSpace): Promise<number> {
    return this.points.count(tenantOf(space));
  }

  override async dropSpace(space: VectorSpace): Promise<void> {
    await this.points.removeAll(tenantOf(space));
  }

  override async ping(): Promise<void> {
    await this.connection.call('ping', (client) => client.versionInfo());
  }
}

const tenantOf = (space: VectorSpace): Tenant => ({
  name: qdrantCollectionOf(space),
  collectionId: space.collectionId,
});
