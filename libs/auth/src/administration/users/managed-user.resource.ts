import type { ResourceDefinition } from '#libs/crud';

import { UserEntity } from '../../user/user.entity';
import { toManagedUserView, type ManagedUserView } from './managed-user.view';

export const MANAGED_USER_RESOURCE: ResourceDefinition<UserEntity, ManagedUserView> = {
  name: 'user',
  administered: true,
  entity: UserEntity,
  creatable: ['email', 'displayName', 'role', 'locale', 'timeZone'],
  updatable: ['displayName', 'role', 'locale', 'timeZone', 'disabledAt'],
  filterable: [
    'id',
    'organizationId',
    'email',
    'displayName',
    'role',
    'locale',
    'disabledAt',
    'emailVerifiedAt',
    'mfaEnabledAt',
    'lastSignInAt',
    'createdAt',
    'updatedAt',
  ],
  sortable: ['displayName', 'email', 'role', 'disabledAt', 'lastSignInAt', 'createdAt', 'updatedAt'],
  searchable: ['email', 'displayName'],
  selectable: [
    'id',
    'organizationId',
    'email',
    'displayName',
    'role',
    'locale',
    'timeZone',
    'disabled',
    'disabledAt',
    'emailVerifiedAt',
    'mfaEnabledAt',
    'lastSignInAt',
    'version',
    'createdAt',
    'updatedAt',
  ],
  defaultSort: ['displayName', 'ASC'],
  present: toManagedUserView,
};
