import type { ResourceDefinition } from '#libs/crud';

import { ConversationEntity } from './conversation.entity';
import { toConversationView, type ConversationView } from './conversation.view';

const WRITABLE = ['title', 'collectionIds', 'assistantId', 'folderId', 'pinned', 'archived'] as const;

export const CONVERSATIONS: ResourceDefinition<ConversationEntity, ConversationView> = {
  name: 'conversation',
  entity: ConversationEntity,
  creatable: WRITABLE,
  updatable: WRITABLE,
  filterable: ['title', 'folderId', 'pinned', 'archived', 'createdAt', 'updatedAt'],
  sortable: ['updatedAt', 'createdAt', 'title', 'pinned'],
  searchable: ['title'],
  selectable: ['id', ...WRITABLE, 'titledBy', 'createdAt', 'updatedAt', 'version'],
  defaultSort: ['updatedAt', 'DESC'],
  present: toConversationView,
};
