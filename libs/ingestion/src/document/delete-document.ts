import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { DomainEvents, JobQueue, UnitOfWork } from '#libs/database';

import { DeletionLedger } from '../deletion/deletion-ledger';
import { ERASE_SNAPSHOTS, PURGE_DOCUMENT } from '../pipeline/ingestion.queues';
import { DocumentQuota } from './document-quota';

interface DocumentPlace {
  readonly id: string;
  readonly collectionId: string;
}

export interface DeletionOptions {
  /** Past answers lose what they quote of it; otherwise they keep it and say that the source is withdrawn. */
  readonly erase?: boolean;
}

interface DeletedDocument {
  readonly filename: string;
  readonly organizationId: string;
  /** bigint, as the driver gives it. */
  readonly sizeBytes: string;
}

/** Makes a document invisible at once; a job removes what is left of it. */
@Injectable()
export class DeleteDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly audit: AuditTrail,
    private readonly events: DomainEvents,
    private readonly quota: DocumentQuota,
    private readonly receipts: DeletionLedger,
  ) {}

  /** Once this has resolved, no answer can cite the document: every reader joins live rows. */
  async execute({ id, collectionId }: DocumentPlace, { erase = false }: DeletionOptions = {}): Promise<void> {
    await this.uow.run(async () => {
      const [collection] = await this.uow.query<{ revision: string }>(
        `UPDATE collection SET revision = revision + 1 WHERE id = $1 RETURNING revision`,
        [collectionId],
      );
      const [deleted] = await this.uow.query<DeletedDocument>(
        `UPDATE document SET deleted_at = now(), revision = $2, updated_at = now()
          WHERE id = $1 AND deleted_at IS NULL RETURNING filename, organization_id AS "organizationId", size_bytes AS "sizeBytes"`,
        [id, collection?.revision ?? 0],
      );
      if (!deleted) return;
      await this.audit.record({
        action: 'document.deleted',
        resource: 'document',
        resourceId: id,
        organizationId: deleted.organizationId,
        before: { filename: deleted.filename, collectionId, ...(erase && { erase }) },
        outcome: 'succeeded',
      });
      const { organizationId } = deleted;
      await this.receipts.open({ organizationId, kind: 'document', subjectId: id, collectionId, isErasure: erase });
      const data = { documentId: id, collectionId };
      await this.events.publish({ type: 'document.deleted', organizationId, data });
      if (erase) await this.jobs.enqueue(ERASE_SNAPSHOTS, { documentId: id }, { key: id });
      await this.jobs.enqueue(PURGE_DOCUMENT, { documentId: id }, { key: id });
      await this.quota.removed(deleted.organizationId, [Number(deleted.sizeBytes)]);
    });
  }
}
