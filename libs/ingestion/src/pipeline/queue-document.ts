import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import { IngestionLine } from './ingestion-line';

/** Starts a document over. What readers see stays until the new generation is complete. */
@Injectable()
export class QueueDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly line: IngestionLine,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns false when it is gone, or on its way already */
  requeue(documentId: string): Promise<boolean> {
    return this.uow.run(async () => {
      const [queued] = await this.uow.query<{ organizationId: string }>(
        `UPDATE document
            SET status = 'queued', progress = 0, attempts = 0, failure_code = NULL, failure_details = NULL,
                updated_at = now()
          WHERE id = $1 AND deleted_at IS NULL AND status IN ('ready', 'failed') RETURNING organization_id AS "organizationId"`,
        [documentId],
      );
      if (!queued) return false;
      await this.audit.record({
        action: 'document.reindexed',
        resource: 'document',
        resourceId: documentId,
        organizationId: queued.organizationId,
        outcome: 'succeeded',
      });
      await this.line.join(documentId, queued.organizationId);
      return true;
    });
  }
}
