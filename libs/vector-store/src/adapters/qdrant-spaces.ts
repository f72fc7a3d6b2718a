import type { VectorSpace } from '../vector-store';
import { VectorDimensionError } from '../vector-store.errors';
import type { QdrantConnection } from './qdrant-connection';
import { isConflict } from './qdrant-errors';
import { qdrantCollectionOf } from './qdrant-names';

/** The payload field that tells which knowledge collection a point belongs to. */
export const TENANT = 'collection';
/** As Chroma's: with these, recall equals exact search (measured at 1e5 vectors of 768). `m: 0`: a graph for each tenant, none over all. */
const GRAPH = { m: 0, payload_m: 32, ef_construct: 200 };

/** Makes the Qdrant collection of a space, and knows which are there. */
export class QdrantSpaces {
  private readonly known = new Map<string, number>();

  constructor(private readonly connection: QdrantConnection) {}

  /** Creates what is missing. Idempotent. @throws VectorDimensionError */
  async ensure(space: VectorSpace): Promise<string> {
    const name = qdrantCollectionOf(space);
    const known = this.known.get(name);
    const dimension = known ?? (await this.find(name)) ?? (await this.create(name, space));
    if (dimension !== space.dimension) throw new VectorDimensionError(dimension, space.dimension);
    if (known === undefined) await this.index(name);
    this.known.set(name, dimension);
    return name;
  }

  /** Call when the server no longer knows the collection. */
  forget(space: VectorSpace): void {
    this.known.delete(qdrantCollectionOf(space));
  }

  private async find(name: string): Promise<number | undefined> {
    const size = await this.connection.call(
      'ensure',
      async (client) => {
        const { vectors } = (await client.getCollection(name)).config.params;
        return vectors && typeof vectors.size === 'number' ? vectors.size : undefined;
      },
      0,
    );
    return size === 0 ? undefined : size;
  }

  private async create(name: string, { dimension }: VectorSpace): Promise<number> {
    const vectors = { size: dimension, distance: 'Cosine' as const };
    await this.connection.call('ensure', (client) =>
      client.createCollection(name, { vectors, hnsw_config: GRAPH }).catch(ignore(isConflict)),
    );
    // Another process may have been first, with a model that has changed since.
    return (await this.find(name)) ?? dimension;
  }

  /** Filters by tenant are served from this index, and points of one tenant stored side by side. */
  private async index(name: string): Promise<void> {
    const field = { field_name: TENANT, field_schema: { type: 'keyword' as const, is_tenant: true }, wait: true };
    await this.connection.call('ensure', (client) => client.createPayloadIndex(name, field));
  }
}

const ignore =
  (isExpected: (error: unknown) => boolean) =>
  (error: unknown): void => {
    if (!isExpected(error)) throw error;
  };
