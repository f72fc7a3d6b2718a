import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';

import { CancelDocument } from '../pipeline/cancel-document';
import { DocumentAccess } from './document-access';
import { toDocumentView, type DocumentView } from './document.view';

/** Use case: somebody who may write ends the ingestion of a document. */
@Injectable()
export class StopIngestion {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: DocumentAccess,
    private readonly cancellation: CancelDocument,
    private readonly audit: AuditTrail,
  ) {}

  /** Leaves a document alone that is ready or failed. @throws DocumentNotFoundError @throws CollectionReadOnlyError */
  async execute(principal: Principal, documentId: string, locale: Locale): Promise<DocumentView> {
    const { organizationId } = await this.access.getWritable(principal, documentId);
    await this.uow.run(async () => {
      if (!(await this.cancellation.execute(documentId))) return;
      await this.audit.record({
        action: 'document.cancelled',
        resource: 'document',
        resourceId: documentId,
        organizationId,
        outcome: 'succeeded',
      });
    });
    return toDocumentView(await this.access.getReadable(principal, documentId), locale);
  }
}
