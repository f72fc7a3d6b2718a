import type { ResourceDefinition } from '#libs/crud';

import { IpRuleEntity } from './ip-rule.entity';
import { toIpRuleView, type IpRuleView } from './ip-rule.view';

const WRITABLE = ['range', 'action', 'appliesTo', 'note', 'enabled', 'expiresAt'] as const;

export const IP_RULE: ResourceDefinition<IpRuleEntity, IpRuleView> = {
  name: 'ip-rule',
  entity: IpRuleEntity,
  administered: true,
  creatable: WRITABLE,
  updatable: WRITABLE,
  filterable: ['id', 'organizationId', ...WRITABLE, 'createdAt', 'updatedAt'],
  sortable: ['range', 'action', 'appliesTo', 'enabled', 'expiresAt', 'createdAt', 'updatedAt'],
  searchable: ['range', 'note'],
  selectable: ['id', 'scope', 'organizationId', ...WRITABLE, 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['range', 'ASC'],
  present: toIpRuleView,
};
