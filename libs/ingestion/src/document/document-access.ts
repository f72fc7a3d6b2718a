import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { CollectionAccess } from '../collection/collection-access';
import { CollectionNotFoundError } from '../collection/collection.errors';
import { DocumentEntity } from './document.entity';
import { DocumentNotFoundError } from './document.errors';

/** Row access to one document: what its collection allows. */
@Injectable()
export class DocumentAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly collections: CollectionAccess,
  ) {}

  /** @throws DocumentNotFoundError also when it exists and the caller may not see it */
  async getReadable(principal: Principal, id: string): Promise<DocumentEntity> {
    const document = await this.find(id);
    await this.collections.rights(principal, document.collectionId).catch(asMissingDocument(id));
    return document;
  }

  /** For taking text or file away. @throws DocumentNotFoundError @throws DownloadForbiddenError */
  async getDownloadable(principal: Principal, id: string): Promise<DocumentEntity> {
    const document = await this.find(id);
    await this.collections.requireDownload(principal, document.collectionId).catch(asMissingDocument(id));
    return document;
  }

  /** @throws DocumentNotFoundError @throws CollectionReadOnlyError when the caller may only read it */
  async getWritable(principal: Principal, id: string): Promise<DocumentEntity> {
    const document = await this.find(id);
    await this.collections.getWritable(principal, document.collectionId).catch(asMissingDocument(id));
    return document;
  }

  private async find(id: string): Promise<DocumentEntity> {
    const document = await this.uow.repository(DocumentEntity).findOneBy({ id });
    if (!document || document.deletedAt) throw new DocumentNotFoundError(id);
    return document;
  }
}

const asMissingDocument =
  (id: string) =>
  (error: unknown): never => {
    throw error instanceof CollectionNotFoundError ? new DocumentNotFoundError(id) : error;
  };
