import type { ResourceDefinition } from '#libs/crud';

import { PlanEntity } from './plan.entity';
import { toPlanView, type PlanView } from './plan.view';

const LIMITS = ['messagesPerDay', 'documents', 'storageBytes', 'uploadBytes', 'requestsPerMinute'] as const;

export const PLAN_RESOURCE: ResourceDefinition<PlanEntity, PlanView> = {
  name: 'plan',
  entity: PlanEntity,
  administered: true,
  creatable: ['code', 'name', ...LIMITS, 'features'],
  updatable: ['name', ...LIMITS, 'features'],
  filterable: ['id', 'code', 'name', ...LIMITS, 'createdAt', 'updatedAt'],
  sortable: ['code', 'name', ...LIMITS, 'createdAt', 'updatedAt'],
  searchable: ['code', 'name'],
  selectable: ['id', 'code', 'name', ...LIMITS, 'features', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['code', 'ASC'],
  present: toPlanView,
};
