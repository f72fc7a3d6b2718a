import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { ReleaseDocument } from '../screening/release-document';
import { ScreeningRecords } from '../screening/screening-records';
import { DocumentNotScreenedError } from '../screening/screening.errors';
import { toScreeningView, type ScreeningView } from '../screening/screening.view';
import type { AdminDocumentView } from './admin-document.view';
import { AdminDocumentsService } from './admin-documents.service';

/** What administrators see and decide about suspicious documents of their organization. */
@Injectable()
export class AdministeredScreening {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly documents: AdminDocumentsService,
    private readonly records: ScreeningRecords,
    private readonly releasing: ReleaseDocument,
  ) {}

  /** What was found holds words of the document: who reads it is recorded. @throws ResourceNotFoundError @throws DocumentNotScreenedError */
  get(principal: Principal, id: string): Promise<ScreeningView> {
    return this.uow.run(async () => {
      const { organizationId } = await this.documents.administered(principal, id);
      const record = await this.records.find(id);
      if (!record) throw new DocumentNotScreenedError(id);
      await this.audit.record({
        action: 'document.screening_read',
        resource: 'document',
        resourceId: id,
        organizationId,
        outcome: 'succeeded',
      });
      return toScreeningView(id, record);
    });
  }

  /** @throws ResourceNotFoundError @throws DocumentNotQuarantinedError */
  async release(principal: Principal, id: string, reason: string): Promise<AdminDocumentView> {
    const document = await this.documents.administered(principal, id);
    await this.releasing.execute(document, principal.id, reason);
    return this.documents.get(principal, id);
  }
}
