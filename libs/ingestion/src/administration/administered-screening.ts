import { Injectable } from '@nestjs/common';

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
    private readonly documents: AdminDocumentsService,
    private readonly records: ScreeningRecords,
    private readonly releasing: ReleaseDocument,
  ) {}

  /** @throws ResourceNotFoundError @throws DocumentNotScreenedError */
  async get(principal: Principal, id: string): Promise<ScreeningView> {
    await this.documents.administered(principal, id);
    const record = await this.records.find(id);
    if (!record) throw new DocumentNotScreenedError(id);
    return toScreeningView(id, record);
  }

  /** @throws ResourceNotFoundError @throws DocumentNotQuarantinedError */
  async release(principal: Principal, id: string, reason: string): Promise<AdminDocumentView> {
    const document = await this.documents.administered(principal, id);
    await this.releasing.execute(document, principal.id, reason);
    return this.documents.get(principal, id);
  }
}
