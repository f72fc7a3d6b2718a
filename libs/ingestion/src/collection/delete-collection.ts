import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { DomainEvents, JobQueue, UnitOfWork } from '#libs/database';

import { DeletionLedger } from '../deletion/deletion-ledger';
import { DocumentQuota } from '../document/document-quota';
import { PURGE_COLLECTION } from '../pipeline/ingestion.queues';

interface DeletedCollection {
  readonly revision: string;
  readonly name: string;
  readonly organizationId: string;
}

/** Makes a collection and its documents invisible at once; a job removes what is left of them. */
@Injectable()
export class DeleteCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly audit: AuditTrail,
    private readonly events: DomainEvents,
    private readonly quota: DocumentQuota,
    private readonly receipts: DeletionLedger,
  ) {}

  /** Once this has resolved, no answer can cite any of its documents: every reader joins live rows. */
  async execute(collectionId: string): Promise<void> {
    await this.uow.run(async () => {
      const [deleted] = await this.uow.query<DeletedCollection>(
        `UPDATE collection SET deleted_at = now(), updated_at = now(), revision = revision + 1
          WHERE id = $1 AND deleted_at IS NULL RETURNING revision, name, organization_id AS "organizationId"`,
        [collectionId],
      );
      if (!deleted) return;
      const documents = await this.uow.query<{ sizeBytes: string }>(
        `UPDATE document SET deleted_at = now(), updated_at = now(), revision = $2
          WHERE collection_id = $1 AND deleted_at IS NULL RETURNING size_bytes AS "sizeBytes"`,
        [collectionId, deleted.revision],
      );
      await this.audit.record({
        action: 'collection.deleted',
        resource: 'collection',
        resourceId: collectionId,
        organizationId: deleted.organizationId,
        before: { name: deleted.name },
        outcome: 'succeeded',
      });
      const { organizationId } = deleted;
      await this.receipts.open({ organizationId, kind: 'collection', subjectId: collectionId, collectionId });
      await this.events.publish({ type: 'collection.deleted', organizationId, data: { collectionId } });
      await this.jobs.enqueue(PURGE_COLLECTION, { collectionId }, { key: collectionId });
      await this.quota.removed(
        deleted.organizationId,
        documents.map(({ sizeBytes }) => Number(sizeBytes)),
      );
    });
  }
}
