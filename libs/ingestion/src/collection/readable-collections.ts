import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';

import { readableCollection } from './access-rule';
import { CollectionNotFoundError } from './collection.errors';

/** What a reader of a collection needs to search it. */
export interface ReadableCollection {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
  readonly revision: number;
}

interface ReadableRow extends Omit<ReadableCollection, 'revision'> {
  readonly revision: string;
}

const READABLE: PreparedStatement = {
  name: 'readable-collections',
  sql: `
    SELECT c.id, c.organization_id AS "organizationId", c.name, c.embedding_model AS "embeddingModel",
           c.embedding_dimension AS "embeddingDimension", c.revision
      FROM collection c
     WHERE ${readableCollection('c', '$1', '$2')} AND ($3::uuid[] IS NULL OR c.id = ANY ($3))
     ORDER BY c.name, c.id`,
};

/** The collections a caller may read: what every search, answer and document route is restricted to. */
@Injectable()
export class ReadableCollections {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * @param collectionIds restrict to these; all readable ones when absent
   * @throws CollectionNotFoundError for a named one that the caller may not read
   */
  async list(principal: Principal, collectionIds?: readonly string[]): Promise<ReadableCollection[]> {
    const rows = await this.uow.queryPrepared<ReadableRow>(READABLE, [
      principal.organizationId,
      principal.id,
      collectionIds ?? null,
    ]);
    requireAll(
      collectionIds ?? [],
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...row, revision: Number(row.revision) }));
  }
}

const requireAll = (wanted: readonly string[], found: readonly string[]): void => {
  const missing = wanted.find((id) => !found.includes(id.toLowerCase()));
  if (missing !== undefined) throw new CollectionNotFoundError(missing);
};
