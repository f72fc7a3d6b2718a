import type { ResourceDefinition } from '#libs/crud';
import type { Locale } from '#libs/kernel';

import { DocumentEntity } from '../document/document.entity';
import { DOCUMENT_FIELDS } from '../document/document.resource';
import { toAdminDocumentView, type AdminDocumentView } from './admin-document.view';

/** @param locale tells the language of a failure's text, when a row is presented */
export const adminDocumentResource = (locale: () => Locale): ResourceDefinition<DocumentEntity, AdminDocumentView> => ({
  ...ADMIN_DOCUMENT_FIELDS,
  name: 'document',
  entity: DocumentEntity,
  administered: true,
  creatable: [],
  updatable: ['title'],
  defaultSort: ['createdAt', 'DESC'],
  present: (document) => toAdminDocumentView(document, locale()),
});

export const ADMIN_DOCUMENT_FIELDS = {
  ...DOCUMENT_FIELDS,
  filterable: ['id', 'organizationId', 'uploadedBy', 'failureCode', 'screeningScore', ...DOCUMENT_FIELDS.filterable],
  sortable: ['screeningScore', ...DOCUMENT_FIELDS.sortable],
  selectable: [
    'organizationId',
    'uploadedBy',
    'screeningScore',
    'quarantined',
    'version',
    ...DOCUMENT_FIELDS.selectable,
  ],
} as const;
