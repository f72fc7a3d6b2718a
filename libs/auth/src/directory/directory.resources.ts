import type { ResourceDefinition } from '#libs/crud';

import { GroupEntity } from '../group/group.entity';
import { UserEntity } from '../user/user.entity';
import type { DirectoryGroupView, DirectoryUserView } from './directory.view';

/** Each caller finds his own organization's only, superusers too: nobody shares with another organization. */
export const DIRECTORY_USERS: ResourceDefinition<UserEntity, DirectoryUserView> = {
  name: 'user',
  entity: UserEntity,
  creatable: [],
  updatable: [],
  filterable: ['id', 'email', 'displayName'],
  sortable: ['displayName', 'email'],
  searchable: ['displayName', 'email'],
  selectable: ['id', 'displayName', 'email'],
  defaultSort: ['displayName', 'ASC'],
  present: ({ id, displayName, email }) => ({ id, displayName, email }),
};

export const DIRECTORY_GROUPS: ResourceDefinition<GroupEntity, DirectoryGroupView> = {
  name: 'group',
  entity: GroupEntity,
  creatable: [],
  updatable: [],
  filterable: ['id', 'name'],
  sortable: ['name'],
  searchable: ['name', 'description'],
  selectable: ['id', 'name', 'description'],
  defaultSort: ['name', 'ASC'],
  present: ({ id, name, description }) => ({ id, name, description }),
};
