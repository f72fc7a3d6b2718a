import type { ResourceDefinition } from '#libs/crud';

import type { CollectionEntity } from '../collection/collection.entity';
import { COLLECTION_RESOURCE } from '../collection/collection.resource';
import { toAdminCollectionView, type AdminCollectionView } from './admin-collection.view';

export const ADMIN_COLLECTION_RESOURCE: ResourceDefinition<CollectionEntity, AdminCollectionView> = {
  ...COLLECTION_RESOURCE,
  administered: true,
  creatable: [...COLLECTION_RESOURCE.creatable, 'ownerId'],
  filterable: ['id', 'organizationId', ...COLLECTION_RESOURCE.filterable],
  selectable: ['organizationId', ...COLLECTION_RESOURCE.selectable],
  present: toAdminCollectionView,
};
