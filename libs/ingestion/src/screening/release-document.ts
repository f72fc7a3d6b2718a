import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import type { DocumentEntity } from '../document/document.entity';
import { QueueDocument } from '../pipeline/queue-document';
import { isQuarantined } from './quarantine';
import { ScreeningRecords } from './screening-records';
import { DocumentNotQuarantinedError } from './screening.errors';

/** Use case: an administrator lets a document out of quarantine. It is ingested now, and its bytes are trusted from now on. */
@Injectable()
export class ReleaseDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: ScreeningRecords,
    private readonly queue: QueueDocument,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DocumentNotQuarantinedError */
  async execute(document: DocumentEntity, releasedBy: string, reason: string): Promise<void> {
    const { id, organizationId, screeningScore } = document;
    if (!isQuarantined(document)) throw new DocumentNotQuarantinedError(id);
    await this.uow.run(async () => {
      await this.records.release(id, releasedBy, reason);
      await this.audit.record({
        action: 'document.released',
        resource: 'document',
        resourceId: id,
        organizationId,
        details: { reason, score: screeningScore },
        outcome: 'succeeded',
      });
      await this.queue.requeue(id);
    });
  }
}
