import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { readableCollection } from '../collection/access-rule';
import { CollectionAccess } from '../collection/collection-access';
import { CollectionEntity } from '../collection/collection.entity';

import { DocumentEntity } from './document.entity';
import { DocumentNotFoundError } from './document.errors';

const IN_A_READABLE_COLLECTION = `c.id = d.collectionId AND ${readableCollection('c', ':organizationId', ':callerId')}`;

/** Row access to one document: what its collection allows. */
@Injectable()
export class DocumentAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly collections: CollectionAccess,
  ) {}

  /**
   * One query for the document and its collection: two would take longer for a document that is there and may not be seen than
   * for none, and so tell one from the other.
   * @throws DocumentNotFoundError also when it exists and the caller may not see it
   */
  async getReadable({ id: callerId, organizationId }: Principal, id: string): Promise<DocumentEntity> {
    const document = await this.uow
      .repository(DocumentEntity)
      .createQueryBuilder('d')
      .innerJoin(CollectionEntity, 'c', IN_A_READABLE_COLLECTION, { organizationId, callerId })
      .where('d.id = :id AND d.deletedAt IS NULL', { id })
      .getOne();
    if (!document) throw new DocumentNotFoundError(id);
    return document;
  }

  /** For taking text or file away. @throws DocumentNotFoundError @throws DownloadForbiddenError */
  async getDownloadable(principal: Principal, id: string): Promise<DocumentEntity> {
    const document = await this.getReadable(principal, id);
    await this.collections.requireDownload(principal, document.collectionId);
    return document;
  }

  /** @throws DocumentNotFoundError @throws CollectionReadOnlyError when the caller may only read it */
  async getWritable(principal: Principal, id: string): Promise<DocumentEntity> {
    const document = await this.getReadable(principal, id);
    await this.collections.getWritable(principal, document.collectionId);
    return document;
  }
}
