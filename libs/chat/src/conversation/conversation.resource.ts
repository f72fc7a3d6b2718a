import type { ResourceDefinition } from '#libs/crud';

import { ConversationEntity } from './conversation.entity';
import { toConversationView, type ConversationView } from './conversation.view';

export const CONVERSATIONS: ResourceDefinition<ConversationEntity, ConversationView> = {
  name: 'conversation',
  entity: ConversationEntity,
  creatable: ['title', 'collectionIds', 'assistantId'],
  updatable: ['title', 'collectionIds', 'assistantId'],
  filterable: ['title', 'createdAt', 'updatedAt'],
  sortable: ['updatedAt', 'createdAt', 'title'],
  searchable: ['title'],
  selectable: ['id', 'title', 'collectionIds', 'assistantId', 'createdAt', 'updatedAt', 'version'],
  defaultSort: ['updatedAt', 'DESC'],
  present: toConversationView,
};
