import type { ResourceDefinition } from '#libs/crud';

import { AuditLogEntity } from './audit-log.entity';
import { toAuditLogView, type AuditLogView } from './audit-log.view';

/** In the order of the columns of an export. */
const AUDIT_LOG_COLUMNS = [
  'id',
  'organizationId',
  'sequence',
  'createdAt',
  'action',
  'resource',
  'resourceId',
  'outcome',
  'actorId',
  'sessionId',
  'apiKeyId',
  'address',
  'userAgent',
  'requestId',
  'before',
  'after',
  'details',
  'hash',
] as const satisfies readonly (keyof AuditLogView)[];

/** Read-only: entries are made by what people do. */
export const AUDIT_LOG_RESOURCE: ResourceDefinition<AuditLogEntity, AuditLogView> = {
  name: 'audit-log',
  administered: true,
  entity: AuditLogEntity,
  creatable: [],
  updatable: [],
  filterable: [
    'organizationId',
    'createdAt',
    'action',
    'resource',
    'resourceId',
    'outcome',
    'actorId',
    'sessionId',
    'apiKeyId',
    'address',
    'requestId',
    'sequence',
  ],
  sortable: ['createdAt', 'action', 'resource', 'outcome', 'sequence'],
  searchable: ['action', 'resource', 'resourceId', 'requestId', 'address'],
  selectable: AUDIT_LOG_COLUMNS,
  defaultSort: ['createdAt', 'DESC'],
  present: toAuditLogView,
};
