import { Injectable } from '@nestjs/common';

import { ALIAS, applyListQuery, pickFields, type ListQuery, type ResourceDefinition } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Locale, Page } from '#libs/kernel';

import { readableCollection } from '../collection/access-rule';
import { DocumentEntity } from './document.entity';
import { DOCUMENT_FIELDS } from './document.resource';
import { toDocumentView, type DocumentView } from './document.view';

const VISIBLE = `"${ALIAS}".deleted_at IS NULL AND EXISTS (
  SELECT 1 FROM collection c
   WHERE c.id = "${ALIAS}".collection_id AND ${readableCollection('c', ':organizationId', ':callerId')})`;

/** Documents are read-only as a resource: they come by upload and change by ingestion. */
const resourceIn = (locale: Locale): ResourceDefinition<DocumentEntity, DocumentView> => ({
  ...DOCUMENT_FIELDS,
  name: 'document',
  entity: DocumentEntity,
  creatable: [],
  updatable: [],
  defaultSort: ['createdAt', 'DESC'],
  present: (document) => toDocumentView(document, locale),
});

/** Use case: the documents of every collection the caller may read. */
@Injectable()
export class ListDocuments {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws UnknownQueryFieldError @throws InvalidQueryValueError */
  async execute(
    { organizationId, id: callerId }: Principal,
    query: ListQuery,
    locale: Locale,
  ): Promise<Page<DocumentView | Partial<DocumentView>>> {
    const builder = this.uow.repository(DocumentEntity).createQueryBuilder(ALIAS);
    builder.where(VISIBLE, { organizationId, callerId });
    const resource = resourceIn(locale);
    applyListQuery(builder, query, resource);
    const [documents, total] = await builder.getManyAndCount();
    const items = documents.map((document) => pickFields(resource.present(document), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }
}
