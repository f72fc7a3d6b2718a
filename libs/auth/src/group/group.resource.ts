import type { ResourceDefinition } from '#libs/crud';

import { GroupEntity } from './group.entity';
import { toGroupView, type GroupView } from './group.view';

export const GROUP_RESOURCE: ResourceDefinition<GroupEntity, GroupView> = {
  name: 'group',
  entity: GroupEntity,
  creatable: ['name', 'description'],
  updatable: ['name', 'description'],
  filterable: ['id', 'name', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name', 'description'],
  selectable: ['id', 'name', 'description', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['name', 'ASC'],
  present: toGroupView,
};
