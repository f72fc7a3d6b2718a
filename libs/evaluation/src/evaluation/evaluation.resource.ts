import type { ResourceDefinition } from '#libs/crud';

import { EvaluationEntity } from './evaluation.entity';
import { toEvaluationView, type EvaluationView } from './evaluation.view';

export const EVALUATION: ResourceDefinition<EvaluationEntity, EvaluationView> = {
  name: 'evaluation',
  administered: true,
  entity: EvaluationEntity,
  creatable: [],
  updatable: [],
  filterable: ['id', 'organizationId', 'goldenSetId', 'status', 'failureCode', 'createdAt', 'completedAt', 'appliedAt'],
  sortable: ['createdAt', 'completedAt', 'status'],
  searchable: [],
  selectable: [
    'id',
    'organizationId',
    'goldenSetId',
    'status',
    'settings',
    'questionCount',
    'doneCount',
    'figures',
    'createdAt',
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toEvaluationView,
};
