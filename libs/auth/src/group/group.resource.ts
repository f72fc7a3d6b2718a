import type { ResourceDefinition } from '#libs/crud';

import { GroupEntity } from './group.entity';
import { toGroupView, type GroupView } from './group.view';

export const GROUP_RESOURCE: ResourceDefinition<GroupEntity, GroupView> = {
  name: 'group',
  administered: true,
  entity: GroupEntity,
  creatable: ['name', 'description'],
  updatable: ['name', 'description'],
  filterable: ['id', 'organizationId', 'name', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name', 'description'],
  selectable: ['id', 'organizationId', 'name', 'description', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['name', 'ASC'],
  present: toGroupView,
};
