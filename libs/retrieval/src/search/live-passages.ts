import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';
import { parseVectorId, readableCollection, vectorIdOf } from '#libs/ingestion';

/** A chunk as it stands in the database now. */
export interface LivePassage {
  /** `document:generation:ordinal`. */
  readonly key: string;
  readonly chunkId: string;
  readonly documentId: string;
  readonly collectionId: string;
  readonly title: string;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** SimHash of the text, as the driver gives a bigint; null for a passage older than fingerprints. */
  readonly fingerprint: string | null;
}

interface PassageRow extends Omit<LivePassage, 'key'> {
  readonly generation: number;
  readonly ordinal: number;
}

/** Joins to a chunk `k` its document `d` and collection `c`, where it is what its document says now. */
export const LIVE_CHUNK = `
    JOIN document d ON d.id = k.document_id AND d.generation = k.generation AND d.deleted_at IS NULL
    JOIN collection c ON c.id = d.collection_id AND c.organization_id = d.organization_id`;

const LIVE_PASSAGES: PreparedStatement = {
  name: 'live-passages',
  sql: `
  SELECT k.id AS "chunkId", d.id AS "documentId", k.generation, k.ordinal, d.collection_id AS "collectionId", d.title,
         k.page, k.heading_path AS "headingPath", k.start_offset AS "start", k.end_offset AS "end", k.text, k.fingerprint
    FROM unnest($1::uuid[], $2::integer[], $3::integer[])
         WITH ORDINALITY AS wanted (document_id, generation, ordinal, place)
    JOIN chunk k ON k.document_id = wanted.document_id AND k.generation = wanted.generation
                AND k.ordinal = wanted.ordinal
    ${LIVE_CHUNK}
   WHERE NOT k.is_disabled AND c.id = ANY ($6::uuid[]) AND ${readableCollection('c', '$4::uuid', '$5::uuid')}
   ORDER BY wanted.place
   LIMIT $7`,
};

/** Looked up beyond the limit: so many of the best may be stale before a second look is needed. */
const SPARE = 10;

/** The last step of every search: indexes are derived and may lag, rows and rights are the truth. */
@Injectable()
export class LivePassages {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * The first `limit` of these chunks that the caller may read now in one of these collections, in the order given.
   * @param keys `document:generation:ordinal`
   */
  async load(
    keys: readonly string[],
    caller: Principal,
    collectionIds: readonly string[],
    limit: number,
  ): Promise<LivePassage[]> {
    const near = keys.slice(0, limit + SPARE);
    const far = keys.slice(near.length);
    const live = await this.read(near, caller, collectionIds, limit);
    const missing = limit - live.length;
    if (missing === 0 || far.length === 0) return live;
    return [...live, ...(await this.read(far, caller, collectionIds, missing))];
  }

  private async read(
    keys: readonly string[],
    caller: Principal,
    collectionIds: readonly string[],
    limit: number,
  ): Promise<LivePassage[]> {
    const wanted = keys.flatMap((key) => parseVectorId(key) ?? []);
    if (wanted.length === 0) return [];
    const rows = await this.uow.queryPrepared<PassageRow>(LIVE_PASSAGES, [
      wanted.map(({ documentId }) => documentId),
      wanted.map(({ generation }) => generation),
      wanted.map(({ ordinal }) => ordinal),
      caller.organizationId,
      caller.id,
      collectionIds,
      limit,
    ]);
    return rows.map(({ generation, ordinal, ...row }) => ({
      ...row,
      key: vectorIdOf(row.documentId, generation, ordinal),
    }));
  }
}
