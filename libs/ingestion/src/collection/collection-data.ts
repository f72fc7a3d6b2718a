import { Injectable, type OnModuleInit } from '@nestjs/common';

import { PersonalData, PersonalDataRegistry, rowsOf, type ExportSection } from '#libs/auth';
import { UnitOfWork } from '#libs/database';

import { readableCollection } from './access-rule';
import { DeleteCollection } from './delete-collection';

/** Whatever he made; what he lost access to since is no longer his to see, not even by its name. */
const STILL_HIS = readableCollection('c', '(SELECT u.organization_id FROM app_user u WHERE u.id = $1)', '$1');
const COLLECTIONS = `
  SELECT c.id, c.name, c.description, c.visibility, c.created_at AS "createdAt"
    FROM collection c WHERE c.owner_id = $1 AND c.id > $2 AND ${STILL_HIS} ORDER BY c.id LIMIT $3`;
const DOCUMENTS = `
  SELECT d.id, d.collection_id AS "collectionId", d.filename, d.title, d.source_url AS "sourceUrl",
         d.media_type AS "mediaType", d.size_bytes AS "sizeBytes", d.created_at AS "createdAt"
    FROM document d JOIN collection c ON c.id = d.collection_id
   WHERE d.uploaded_by = $1 AND d.deleted_at IS NULL AND d.id > $2 AND ${STILL_HIS} ORDER BY d.id LIMIT $3`;
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
