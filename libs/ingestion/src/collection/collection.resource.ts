import type { ResourceDefinition } from '#libs/crud';

import { CollectionEntity } from './collection.entity';
import { toCollectionView, type CollectionView } from './collection.view';

/** What callers may name of a collection in lists and changes. */
export const COLLECTION_RESOURCE: ResourceDefinition<CollectionEntity, CollectionView> = {
  name: 'collection',
  entity: CollectionEntity,
  creatable: ['name', 'description', 'visibility', 'chunking', 'duplicates'],
  updatable: ['name', 'description', 'visibility', 'chunking', 'duplicates'],
  filterable: ['ownerId', 'name', 'visibility', 'embeddingModel', 'chunking', 'createdAt', 'updatedAt'],
  sortable: ['name', 'visibility', 'createdAt', 'updatedAt'],
  searchable: ['name', 'description'],
  selectable: [
    'id',
    'ownerId',
    'name',
    'description',
    'visibility',
    'embeddingModel',
    'embeddingDimension',
    'chunking',
    'duplicates',
    'revision',
    'version',
    'createdAt',
    'updatedAt',
  ],
  defaultSort: ['name', 'ASC'],
  present: toCollectionView,
};
