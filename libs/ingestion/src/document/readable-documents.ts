import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';

import { readableCollection } from '../collection/access-rule';

const READABLE: PreparedStatement = {
  name: 'readable-documents',
  sql: `
    SELECT d.id FROM document d JOIN collection c ON c.id = d.collection_id AND c.organization_id = d.organization_id
     WHERE d.id = ANY ($3::uuid[]) AND d.deleted_at IS NULL AND ${readableCollection('c', '$1', '$2')}`,
};

/** Which of some documents a caller may read now: what was written about the others is no longer the caller's to see. */
@Injectable()
export class ReadableDocuments {
  constructor(private readonly uow: UnitOfWork) {}

  /** @param ids of documents that may be deleted, revoked or of anybody */
  async among(
    { organizationId, id }: Pick<Principal, 'organizationId' | 'id'>,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.uow.queryPrepared<{ id: string }>(READABLE, [organizationId, id, [...new Set(ids)]]);
    return new Set(rows.map((row) => row.id));
  }
}
