import type { ResourceDefinition } from '#libs/crud';

import { EvaluationEntity } from './evaluation.entity';
import { toEvaluationView, type EvaluationView } from './evaluation.view';

export const EVALUATION: ResourceDefinition<EvaluationEntity, EvaluationView> = {
  name: 'evaluation',
  entity: EvaluationEntity,
  creatable: [],
  updatable: [],
  filterable: ['id', 'goldenSetId', 'status', 'failureCode', 'createdAt', 'completedAt', 'appliedAt'],
  sortable: ['createdAt', 'completedAt', 'status'],
  searchable: [],
  selectable: ['id', 'goldenSetId', 'status', 'settings', 'questionCount', 'doneCount', 'figures', 'createdAt'],
  defaultSort: ['createdAt', 'DESC'],
  present: toEvaluationView,
};
