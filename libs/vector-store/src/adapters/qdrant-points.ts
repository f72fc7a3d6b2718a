import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';

import type { QdrantConnection } from './qdrant-connection';
import { isMissing } from './qdrant-errors';
import { qdrantPointId } from './qdrant-names';

/** The payload field that tells which knowledge collection a point belongs to. */
export const TENANT = 'collection';
/** The payload field with our id: Qdrant's own are UUIDs. */
export const KEY = 'key';
/** Bounds requests and answers; a body may have 32 MB. */
const ID_PAGE = 1_000;

/** The points of a knowledge collection in one Qdrant collection. */
export interface Tenant {
  /** Of the Qdrant collection. */
  readonly name: string;
  readonly collectionId: string;
}

/** A Qdrant collection that can be made. */
export interface Destination {
  /** Creates what is missing. Idempotent. */
  ensure(): Promise<unknown>;
  /** Call when the server no longer knows the collection. */
  forget(): void;
}

/** What is done with points alike, whatever vectors they have. */
export class QdrantPoints {
  constructor(private readonly connection: QdrantConnection) {}

  /** A collection that vanished behind our back is made once more. */
  async write(destination: Destination, name: string, points: Schemas['PointStruct'][]): Promise<void> {
    const send = async () => {
      await destination.ensure();
      await this.connection.call('upsert', (client) => client.upsert(name, { wait: true, points }));
    };
    try {
      await send();
    } catch (error) {
      if (!isMissing(error)) throw error;
      destination.forget();
      await send();
    }
  }

  async remove(tenant: Tenant, ids: readonly string[]): Promise<void> {
    for (const points of pagesOf(tenant, ids)) await this.removeSome(tenant, { wait: true, points });
  }

  async removeAll(tenant: Tenant): Promise<void> {
    await this.removeSome(tenant, { wait: true, filter: pointsOf([tenant.collectionId]) });
  }

  async existing(tenant: Tenant, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const page of pagesOf(tenant, ids)) {
      const request = { ids: page, with_payload: [KEY], with_vector: false };
      const points = await this.connection.call('list', (client) => client.retrieve(tenant.name, request), []);
      for (const point of points) found.add(keyOf(point));
    }
    return found;
  }

  async *listIds({ name, collectionId }: Tenant): AsyncIterable<readonly string[]> {
    const request = { filter: pointsOf([collectionId]), limit: ID_PAGE, with_payload: [KEY], with_vector: false };
    let offset: Schemas['ExtendedPointId'] | undefined;
    do {
      const from = offset === undefined ? {} : { offset };
      const page: Schemas['ScrollResult'] = await this.connection.call(
        'list',
        (client) => client.scroll(name, { ...request, ...from }),
        { points: [] },
      );
      if (page.points.length > 0) yield page.points.map(keyOf);
      offset = nextOf(page);
    } while (offset !== undefined);
  }

  async count({ name, collectionId }: Tenant): Promise<number> {
    const request = { filter: pointsOf([collectionId]), exact: true };
    const { count } = await this.connection.call('count', (client) => client.count(name, request), { count: 0 });
    return count;
  }

  private async removeSome({ name }: Tenant, selector: Parameters<QdrantClient['delete']>[1]): Promise<void> {
    const work = async (client: QdrantClient) => {
      await client.delete(name, selector);
      return true;
    };
    await this.connection.call('remove', work, true);
  }
}

/** The points of these knowledge collections. */
export const pointsOf = (collectionIds: readonly string[]) => {
  const any = [...new Set(collectionIds)];
  return { must: [{ key: TENANT, match: any.length === 1 ? { value: any.join() } : { any } }] };
};

/** The record's own id. */
export const keyOf = ({ payload }: { payload?: Record<string, unknown> | null | undefined }): string =>
  String(payload?.[KEY]);

function* pagesOf(tenant: Tenant, ids: readonly string[]): Generator<string[]> {
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += ID_PAGE) {
    yield unique.slice(from, from + ID_PAGE).map((id) => qdrantPointId(tenant, id));
  }
}

const nextOf = ({ next_page_offset: next }: Schemas['ScrollResult']): Schemas['ExtendedPointId'] | undefined =>
  typeof next === 'string' || typeof next === 'number' ? next : undefined;
