import type { ResourceDefinition } from '#libs/crud';

import { SessionEntity } from '../../session/session.entity';
import { toManagedSessionView, type ManagedSessionView } from './managed-session.view';

export const MANAGED_SESSION_RESOURCE: ResourceDefinition<SessionEntity, ManagedSessionView> = {
  name: 'session',
  administered: true,
  entity: SessionEntity,
  creatable: [],
  updatable: [],
  filterable: [
    'id',
    'organizationId',
    'userId',
    'address',
    'lastUsedAt',
    'expiresAt',
    'revokedAt',
    'revokedReason',
    'createdAt',
  ],
  sortable: ['lastUsedAt', 'expiresAt', 'revokedAt', 'createdAt'],
  searchable: ['userAgent', 'address'],
  selectable: [
    'id',
    'organizationId',
    'userId',
    'userAgent',
    'address',
    'lastUsedAt',
    'expiresAt',
    'revokedAt',
    'revokedReason',
    'version',
    'createdAt',
  ],
  defaultSort: ['lastUsedAt', 'DESC'],
  present: toManagedSessionView,
};
