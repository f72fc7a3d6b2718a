import { Injectable, type OnModuleInit } from '@nestjs/common';

import { PersonalData, PersonalDataRegistry, rowsOf, type ExportSection } from '#libs/auth';
import { UnitOfWork } from '#libs/database';

import { DeleteCollection } from './delete-collection';

const COLLECTIONS = `
  SELECT id, name, description, visibility, created_at AS "createdAt"
    FROM collection WHERE owner_id = $1 AND deleted_at IS NULL AND id > $2 ORDER BY id LIMIT $3`;
const DOCUMENTS = `
  SELECT id, collection_id AS "collectionId", filename, title, media_type AS "mediaType", size_bytes AS "sizeBytes",
         created_at AS "createdAt"
    FROM document WHERE uploaded_by = $1 AND deleted_at IS NULL AND id > $2 ORDER BY id LIMIT $3`;
/** Nobody else was ever let in. */
const HIS_ALONE = `
  SELECT c.id FROM collection c
   WHERE c.owner_id = $1 AND c.deleted_at IS NULL AND c.visibility = 'private'
     AND NOT EXISTS (SELECT FROM collection_grant g WHERE g.collection_id = c.id AND g.user_id IS DISTINCT FROM $1)`;

/** Collections nobody else may read go with their owner; shared ones are the organization's and stay. */
@Injectable()
export class CollectionData extends PersonalData implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly collections: DeleteCollection,
    private readonly registry: PersonalDataRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Documents by what is known of them; `/documents/:id/file` gives the originals. */
  override sections(userId: string): ExportSection[] {
    return [
      { name: 'collections', rows: rowsOf(this.uow, COLLECTIONS, userId) },
      { name: 'documents', rows: rowsOf(this.uow, DOCUMENTS, userId) },
    ];
  }

  override async erase(userId: string): Promise<Record<string, number>> {
    const own = await this.uow.query<{ id: string }>(HIS_ALONE, [userId]);
    for (const { id } of own) await this.collections.execute(id);
    const grants = await this.uow.query('DELETE FROM collection_grant WHERE user_id = $1 RETURNING id', [userId]);
    await this.uow.query('UPDATE document SET uploaded_by = NULL WHERE uploaded_by = $1', [userId]);
    return { collections: own.length, grants: grants.length };
  }
}
