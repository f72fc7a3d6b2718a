import type { ResourceDefinition } from '#libs/crud';

import { ConversationEntity } from '../conversation/conversation.entity';
import { toAdminConversationView, type AdminConversationView } from './admin-conversation.view';

/** Nothing of a title may be sorted, filtered or searched by: each would tell of it, letter by letter. */
export const ADMIN_CONVERSATIONS: ResourceDefinition<ConversationEntity, AdminConversationView> = {
  name: 'conversation',
  entity: ConversationEntity,
  administered: true,
  creatable: ['userId', 'title'],
  updatable: ['title'],
  filterable: ['id', 'organizationId', 'userId', 'createdAt', 'updatedAt'],
  sortable: ['updatedAt', 'createdAt'],
  searchable: [],
  selectable: ['id', 'organizationId', 'userId', 'collectionIds', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['updatedAt', 'DESC'],
  present: toAdminConversationView,
};
