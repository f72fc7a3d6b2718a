import type { QdrantClient } from '@qdrant/js-client-rest';

import type { QdrantConnection } from './qdrant-connection';
import { isConflict } from './qdrant-errors';
import { TENANT } from './qdrant-points';

type CollectionSettings = Parameters<QdrantClient['createCollection']>[1];

/** Makes Qdrant collections in which knowledge collections are tenants. */
export class QdrantCollections {
  constructor(private readonly connection: QdrantConnection) {}

  /** Does nothing where another process was first. */
  async create(name: string, settings: CollectionSettings): Promise<void> {
    await this.connection.call('ensure', (client) =>
      client.createCollection(name, settings).catch((error: unknown) => {
        if (!isConflict(error)) throw error;
      }),
    );
  }

  /** Filters by tenant are served from this index, and points of one tenant stored side by side. */
  async indexTenants(name: string): Promise<void> {
    await this.index(name, TENANT, { type: 'keyword' as const, is_tenant: true });
  }

  /** Lets points be filtered and counted by a field. */
  async index(
    name: string,
    field: string,
    schema: { readonly type: 'keyword'; readonly is_tenant?: boolean } = { type: 'keyword' },
  ): Promise<void> {
    const request = { field_name: field, field_schema: schema, wait: true };
    await this.connection.call('ensure', (client) => client.createPayloadIndex(name, request));
  }
}
