import type { ResourceDefinition } from '#libs/crud';

import { FeedbackEntity } from './feedback.entity';
import { toAdminFeedbackView, type AdminFeedbackView } from './feedback.view';

export const FEEDBACK: ResourceDefinition<FeedbackEntity, AdminFeedbackView> = {
  name: 'feedback',
  entity: FeedbackEntity,
  administered: true,
  creatable: ['messageId', 'rating', 'reasons', 'comment', 'status', 'note'],
  updatable: ['status', 'note'],
  filterable: ['id', 'organizationId', 'messageId', 'userId', 'rating', 'status', 'createdAt', 'updatedAt'],
  sortable: ['createdAt', 'updatedAt', 'rating', 'status'],
  searchable: ['comment', 'note'],
  selectable: [
    ...(['id', 'organizationId', 'messageId', 'userId', 'rating', 'reasons', 'comment', 'status', 'note'] as const),
    ...(['version', 'createdAt', 'updatedAt'] as const),
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toAdminFeedbackView,
};
