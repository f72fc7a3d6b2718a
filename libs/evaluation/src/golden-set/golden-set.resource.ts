import type { ResourceDefinition } from '#libs/crud';

import { GoldenSetEntity } from './golden-set.entity';
import { toGoldenSetView, type GoldenSetView } from './golden-set.view';

const WRITABLE = ['name', 'description', 'collectionIds'] as const;

export const GOLDEN_SET: ResourceDefinition<GoldenSetEntity, GoldenSetView> = {
  name: 'golden-set',
  administered: true,
  entity: GoldenSetEntity,
  creatable: WRITABLE,
  updatable: WRITABLE,
  filterable: ['id', 'organizationId', 'name', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name', 'description'],
  selectable: ['id', 'organizationId', ...WRITABLE, 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['name', 'ASC'],
  present: toGoldenSetView,
};
