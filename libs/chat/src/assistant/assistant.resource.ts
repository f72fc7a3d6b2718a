import type { ResourceDefinition } from '#libs/crud';

import { AssistantEntity } from './assistant.entity';
import { toAdminAssistantView, toAssistantView, type AdminAssistantView, type AssistantView } from './assistant.view';

const SHOWN = ['name', 'description', 'welcome', 'suggestions', 'suggestionsEn', 'usesProfile'] as const;
const WRITABLE = [
  ...SHOWN,
  ...([
    'instructions',
    'collectionIds',
    'groupIds',
    'temperature',
    'maxAnswerTokens',
    'model',
    'reusesAnswers',
    'enabled',
  ] as const),
] as const;

const common = { name: 'assistant', entity: AssistantEntity, defaultSort: ['name', 'ASC'] } as const;

/** For administrators. */
export const ASSISTANT: ResourceDefinition<AssistantEntity, AdminAssistantView> = {
  ...common,
  administered: true,
  creatable: WRITABLE,
  updatable: WRITABLE,
  filterable: [
    'id',
    'organizationId',
    'name',
    'enabled',
    'temperature',
    'maxAnswerTokens',
    'model',
    'createdAt',
    'updatedAt',
  ],
  sortable: ['name', 'enabled', 'createdAt', 'updatedAt'],
  searchable: ['name', 'description'],
  selectable: ['id', 'organizationId', ...WRITABLE, 'version', 'createdAt', 'updatedAt'],
  present: toAdminAssistantView,
};

/** For those who ask. */
export const USABLE_ASSISTANT: ResourceDefinition<AssistantEntity, AssistantView> = {
  ...common,
  creatable: [],
  updatable: [],
  filterable: ['id', 'name'],
  sortable: ['name'],
  searchable: ['name', 'description'],
  selectable: ['id', ...SHOWN],
  present: toAssistantView,
};
