import type { ResourceDefinition } from '#libs/crud';

import { BudgetEntity } from './budget.entity';
import { toBudgetView, type BudgetView } from './budget.view';

const WRITABLE = ['name', 'amount', 'thresholds', 'action'] as const;

export const BUDGET: ResourceDefinition<BudgetEntity, BudgetView> = {
  name: 'budget',
  entity: BudgetEntity,
  administered: true,
  creatable: WRITABLE,
  updatable: WRITABLE,
  filterable: [
    ...(['id', 'organizationId', 'name', 'amount', 'action', 'alertedMonth', 'alertedThreshold'] as const),
    ...(['createdAt', 'updatedAt'] as const),
  ],
  sortable: ['name', 'amount', 'action', 'alertedThreshold', 'createdAt', 'updatedAt'],
  searchable: ['name'],
  selectable: [
    ...(['id', 'organizationId', ...WRITABLE, 'spent', 'alertedMonth', 'alertedThreshold'] as const),
    ...(['version', 'createdAt', 'updatedAt'] as const),
  ],
  defaultSort: ['name', 'ASC'],
  present: toBudgetView,
};
