import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';
import { readableCollection } from '#libs/ingestion';

const SPOKEN: PreparedStatement = {
  name: 'spoken-languages',
  sql: `
  SELECT d.language, count(*)::int AS documents
    FROM document d JOIN collection c ON c.id = d.collection_id
   WHERE ${readableCollection('c', '$1::uuid', '$2::uuid')} AND ($3::uuid[] IS NULL OR c.id = ANY ($3))
     AND d.deleted_at IS NULL AND d.generation > 0 AND d.language IS NOT NULL
   GROUP BY d.language`,
};

/** Which languages the documents speak that a caller may read. */
@Injectable()
export class SpokenLanguages {
  constructor(private readonly uow: UnitOfWork) {}

  /** @returns number of documents by language (ISO 639-1, or `und`) */
  async list(
    { organizationId, id }: Principal,
    collectionIds: readonly string[] | undefined,
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await this.uow.queryPrepared<{ language: string; documents: number }>(SPOKEN, [
      organizationId,
      id,
      collectionIds ?? null,
    ]);
    return new Map(rows.map(({ language, documents }) => [language, documents]));
  }
}
