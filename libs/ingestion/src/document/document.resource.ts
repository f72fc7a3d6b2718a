import type { ListedFields } from '#libs/crud';

import type { DocumentEntity } from './document.entity';
import type { DocumentView } from './document.view';

/** What callers may name of a document in lists. */
export const DOCUMENT_FIELDS: ListedFields<DocumentEntity, DocumentView> = {
  filterable: [
    'collectionId',
    'status',
    'filename',
    'sourceUrl',
    'mediaType',
    'language',
    'sizeBytes',
    'createdAt',
    'updatedAt',
  ],
  sortable: ['createdAt', 'updatedAt', 'filename', 'title', 'status', 'sizeBytes', 'chunkCount'],
  searchable: ['filename', 'title', 'sourceUrl'],
  selectable: [
    'id',
    'collectionId',
    'filename',
    'title',
    'sourceUrl',
    'mediaType',
    'sizeBytes',
    'status',
    'progress',
    'failure',
    'pageCount',
    'chunkCount',
    'language',
    'createdAt',
    'updatedAt',
  ],
};
