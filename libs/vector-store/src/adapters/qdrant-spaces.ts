import type { VectorSpace } from '../vector-store';
import { VectorDimensionError } from '../vector-store.errors';
import { QdrantCollections } from './qdrant-collections';
import type { QdrantConnection } from './qdrant-connection';
import { qdrantCollectionOf } from './qdrant-names';

/** As Chroma's: with these, recall equals exact search (measured at 1e5 vectors of 768). `m: 0`: a graph for each tenant, none over all. */
const GRAPH = { m: 0, payload_m: 32, ef_construct: 200 };

/** Makes the Qdrant collection of a space, and knows which are there. */
export class QdrantSpaces {
  private readonly known = new Map<string, number>();

  private readonly collections: QdrantCollections;

  constructor(private readonly connection: QdrantConnection) {
    this.collections = new QdrantCollections(connection);
  }

  /** Creates what is missing. Idempotent. @throws VectorDimensionError */
  async ensure(space: VectorSpace): Promise<string> {
    const name = qdrantCollectionOf(space);
    const known = this.known.get(name);
    const dimension = known ?? (await this.find(name)) ?? (await this.create(name, space));
    if (dimension !== space.dimension) throw new VectorDimensionError(dimension, space.dimension);
    if (known === undefined) await this.collections.indexTenants(name);
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
    await this.collections.create(name, { vectors, hnsw_config: GRAPH });
    // Another process may have been first, with a model that has changed since.
    return (await this.find(name)) ?? dimension;
  }
}
