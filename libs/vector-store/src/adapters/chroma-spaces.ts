import { ChromaNotFoundError, type Collection, type CreateCollectionConfiguration } from 'chromadb';

import type { VectorSpace } from '../vector-store';
import { VectorDimensionError } from '../vector-store.errors';
import { databaseOf } from './chroma-client';
import { type ChromaConnection } from './chroma-connection';
import { chromaSpaceName } from './chroma-space-name';

/** Recall equals exact search with these (measured at 1e5 vectors of 768). */
const CONFIGURATION: CreateCollectionConfiguration = {
  hnsw: { space: 'cosine', ef_construction: 200, max_neighbors: 32, ef_search: 200 },
};
/** Far above the number of spaces one process meets; bounds the cache all the same. */
const MAX_KNOWN = 50_000;
/** Collections per listing request. */
const SPACES_PER_PAGE = 50;

/** Finds the Chroma collection of a space, remembering its id so that a query is one round trip. */
export class ChromaSpaces {
  private readonly known = new Map<string, string>();
  private readonly creating = new Map<string, Promise<string>>();

  constructor(private readonly connection: ChromaConnection) {}

  /** The id of the collection, or nothing when the space does not exist. @throws VectorDimensionError */
  async find(space: VectorSpace): Promise<string | undefined> {
    const name = chromaSpaceName(space);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    try {
      const database = databaseOf(space.organizationId);
      const found = await this.connection.call('ensure', (client) => client.getCollection({ name }), database);
      return this.remember(space, found);
    } catch (error) {
      if (error instanceof ChromaNotFoundError) return undefined;
      throw error;
    }
  }

  /** Creates the collection when needed; parallel calls share one request. @throws VectorDimensionError */
  async ensure(space: VectorSpace): Promise<string> {
    const name = chromaSpaceName(space);
    const pending = this.creating.get(name) ?? this.create(space, name);
    this.creating.set(name, pending);
    try {
      return await pending;
    } finally {
      this.creating.delete(name);
    }
  }

  /** What {@link ensure} made for an organization, by whatever process, a page at a time. */
  async *list(organizationId: string): AsyncIterable<readonly VectorSpace[]> {
    for (let offset = 0; ; offset += SPACES_PER_PAGE) {
      const page = await this.page(organizationId, offset);
      yield page.flatMap((collection) => spaceIn(collection, organizationId) ?? []);
      if (page.length < SPACES_PER_PAGE) return;
    }
  }

  /** Call when the server no longer knows the id: dropped by another process, or another server's data. */
  forget(space: VectorSpace): void {
    this.known.delete(chromaSpaceName(space));
  }

  /** `embeddingFunction: null` also keeps the client from looking for, and warning about, its default one. */
  private async create(space: VectorSpace, name: string): Promise<string> {
    const { organizationId, collectionId, embeddingModel, dimension } = space;
    const metadata = { organizationId, collectionId, embeddingModel, dimension };
    const database = databaseOf(organizationId);
    const make = () =>
      this.connection.call(
        'ensure',
        (client) =>
          client.getOrCreateCollection({ name, embeddingFunction: null, configuration: CONFIGURATION, metadata }),
        database,
      );
    try {
      return this.remember(space, await make());
    } catch (error) {
      if (!(error instanceof ChromaNotFoundError)) throw error;
      // The first space of an organization: there is no database to put it into yet.
      await this.connection.call('ensure', (client) => client.makeDatabase(database));
      return this.remember(space, await make());
    }
  }

  private async page(organizationId: string, offset: number): Promise<readonly Collection[]> {
    const request = { limit: SPACES_PER_PAGE, offset };
    try {
      const database = databaseOf(organizationId);
      return await this.connection.call('list', (client) => client.listCollections(request), database);
    } catch (error) {
      // An organization without a space has no database.
      if (error instanceof ChromaNotFoundError) return [];
      throw error;
    }
  }

  private remember(space: VectorSpace, { id, metadata }: Collection): string {
    const dimension = metadata?.['dimension'];
    if (typeof dimension === 'number' && dimension !== space.dimension) {
      throw new VectorDimensionError(dimension, space.dimension);
    }
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(chromaSpaceName(space), id);
    return id;
  }
}

/** What the collection was made for, by its metadata. Undefined for one that somebody else put there: its name tells. */
const spaceIn = ({ name, metadata }: Collection, organizationId: string): VectorSpace | undefined => {
  const { collectionId, embeddingModel, dimension } = metadata ?? {};
  if (typeof collectionId !== 'string' || typeof embeddingModel !== 'string' || typeof dimension !== 'number') {
    return undefined;
  }
  const space = { organizationId, collectionId, embeddingModel, dimension };
  return chromaSpaceName(space) === name ? space : undefined;
};
