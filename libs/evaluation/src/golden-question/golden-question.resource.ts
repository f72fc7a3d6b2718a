import type { ResourceDefinition } from '#libs/crud';

import { GoldenQuestionEntity } from './golden-question.entity';
import { toGoldenQuestionView, type GoldenQuestionView } from './golden-question.view';

const WRITABLE = ['question', 'expectedDocumentIds', 'expectedPassage', 'expectedAnswers', 'answerable'] as const;

export const GOLDEN_QUESTION: ResourceDefinition<GoldenQuestionEntity, GoldenQuestionView> = {
  name: 'golden-question',
  administered: true,
  entity: GoldenQuestionEntity,
  creatable: [...WRITABLE, 'goldenSetId', 'origin', 'askedBy'],
  updatable: WRITABLE,
  filterable: ['id', 'organizationId', 'goldenSetId', 'language', 'answerable', 'origin', 'createdAt', 'updatedAt'],
  sortable: ['createdAt', 'updatedAt', 'language'],
  searchable: ['question'],
  selectable: [
    'id',
    'organizationId',
    'goldenSetId',
    'language',
    ...WRITABLE,
    'origin',
    'version',
    'createdAt',
    'updatedAt',
  ],
  defaultSort: ['createdAt', 'ASC'],
  present: toGoldenQuestionView,
};
