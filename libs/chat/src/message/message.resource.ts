import type { ResourceDefinition } from '#libs/crud';

import { MessageEntity } from './message.entity';
import { toMessageView, type MessageView } from './message.view';

/** Messages are written by asking, never through a form. */
export const MESSAGES: ResourceDefinition<MessageEntity, MessageView> = {
  name: 'message',
  entity: MessageEntity,
  creatable: [],
  updatable: [],
  filterable: ['role', 'status', 'parentId', 'createdAt'],
  sortable: ['createdAt'],
  searchable: ['content'],
  selectable: [
    ...(['id', 'conversationId', 'parentId', 'role', 'status', 'content', 'citations', 'sources', 'grounded'] as const),
    ...([
      'provider',
      'model',
      'usage',
      'timings',
      'degraded',
      'failureCode',
      'feedback',
      'siblingIds',
      'reused',
      'createdAt',
    ] as const),
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toMessageView,
};
