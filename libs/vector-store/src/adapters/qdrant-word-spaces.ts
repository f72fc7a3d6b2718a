import { VectorStoreUnavailableError } from '../vector-store.errors';
import { QdrantCollections } from './qdrant-collections';
import type { QdrantConnection } from './qdrant-connection';

/** The payload field with a passage's language. */
export const LANGUAGE = 'language';

/**
 * Qdrant multiplies what is asked with its IDF. Words keep their full weights, from which how many passages hold one is told; 4-grams
 * are ten times as many, so half of their bytes and the pages that are asked for must do.
 */
const SPARSE = {
  words: { modifier: 'idf' as const },
  grams: { modifier: 'idf' as const, index: { memory: 'cached' as const, datatype: 'float16' as const } },
};

/** The first version that counts IDF over what is searched; former ones would count other people's passages, unasked. */
const NEEDED = { major: 1, minor: 19 };

/** Makes the Qdrant collections with words, and knows which are there. */
export class QdrantWordSpaces {
  private readonly known = new Set<string>();
  private readonly collections: QdrantCollections;

  constructor(private readonly connection: QdrantConnection) {
    this.collections = new QdrantCollections(connection);
  }

  /** Creates what is missing. Idempotent. @throws VectorStoreUnavailableError, `outdated` for a server before 1.19 */
  async ensure(name: string): Promise<void> {
    if (this.known.has(name)) return;
    await this.requireVersion();
    await this.collections.create(name, { sparse_vectors: SPARSE });
    await this.collections.indexTenants(name);
    await this.collections.index(name, LANGUAGE);
    this.known.add(name);
  }

  /** Call when the server no longer knows the collection. */
  forget(name: string): void {
    this.known.delete(name);
  }

  private async requireVersion(): Promise<void> {
    const { version } = await this.connection.call('ensure', (client) => client.versionInfo());
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
      throw new VectorStoreUnavailableError('outdated');
    }
  }
}
