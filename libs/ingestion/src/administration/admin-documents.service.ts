import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { ALIAS, StaleResourceError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { RequestContext, type Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { DeleteDocument } from '../document/delete-document';
import type { DocumentEntity } from '../document/document.entity';
import { QueueDocument } from '../pipeline/queue-document';
import { only, textFile } from '../upload/text-file';
import { UploadDocuments } from '../upload/upload-documents';
import { adminDocumentResource } from './admin-document.resource';
import type { AdminDocumentView } from './admin-document.view';
import { AdminCollectionsService } from './admin-collections.service';
import type { AdminCreateDocumentDto, DocumentAction } from './admin-document.dto';

/** Every document of the organization for its administrators: what it is and how it fares, never what it says. */
@Injectable()
export class AdminDocumentsService extends AuditedCrudService<DocumentEntity, AdminDocumentView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    context: RequestContext,
    private readonly collections: AdminCollectionsService,
    private readonly uploads: UploadDocuments,
    private readonly deletion: DeleteDocument,
    private readonly queue: QueueDocument,
  ) {
    super(
      adminDocumentResource(() => context.locale),
      uow,
      ids,
      trail,
    );
  }

  /** A text that is in no file; files come by upload. The same text twice is one document, unless the collection keeps duplicates. */
  async add(principal: Principal, { collectionId, title, text }: AdminCreateDocumentDto): Promise<AdminDocumentView> {
    const { organizationId, duplicates } = await this.collections.administered(principal, collectionId);
    const target = { collectionId, organizationId, uploadedBy: principal.id, duplicates };
    const [added] = await this.uploads.into(target, only(textFile(title, text)));
    return this.get(principal, added?.id ?? '');
  }

  /** Ingests the file again; one that is on its way is left to go on. @throws ResourceNotFoundError */
  async reindex(principal: Principal, id: string): Promise<AdminDocumentView> {
    await this.load(principal, id);
    await this.queue.requeue(id);
    return this.get(principal, id);
  }

  /** One of the actions that are meant for several rows, on one of them. @throws ResourceNotFoundError */
  async act(principal: Principal, action: DocumentAction, id: string): Promise<void> {
    if (action === 'delete') await this.remove(principal, id);
    else await this.reindex(principal, id);
  }

  /** After it no answer can cite the document. @throws ResourceNotFoundError @throws StaleResourceError */
  override async remove(principal: Principal, id: string, version?: number): Promise<void> {
    const document = await this.load(principal, id);
    if (version !== undefined && version !== document.version) {
      throw new StaleResourceError(this.resource.name, id, document.version);
    }
    await this.deletion.execute(document);
  }

  /** For acts on a document that are no change of its own row. @throws ResourceNotFoundError */
  administered(principal: Principal, id: string): Promise<DocumentEntity> {
    return this.load(principal, id);
  }

  protected override restrict(query: SelectQueryBuilder<DocumentEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.deletedAt IS NULL`);
  }

  /** A new title shows in every hit, so whoever keeps a copy of the collection must learn of it. */
  protected override async beforeSave(
    after: DocumentEntity,
    before: Readonly<DocumentEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    const [collection] = await this.uow.query<{ revision: string }>(
      `UPDATE collection SET revision = revision + 1 WHERE id = $1 RETURNING revision`,
      [after.collectionId],
    );
    after.titleGiven ||= after.title !== before?.title;
    after.revision = Number(collection?.revision ?? after.revision);
    await super.beforeSave(after, before, principal);
  }
}
