import type { ResourceDefinition } from '#libs/crud';

import { WebhookEntity } from './webhook.entity';
import { toWebhookView, type WebhookView } from './webhook.view';

export const WEBHOOK_RESOURCE: ResourceDefinition<WebhookEntity, WebhookView> = {
  name: 'webhook',
  administered: true,
  entity: WebhookEntity,
  creatable: ['url', 'description', 'events', 'active'],
  updatable: ['url', 'description', 'events', 'active'],
  filterable: ['id', 'organizationId', 'url', 'active', 'failingSince', 'disabledReason', 'createdAt', 'updatedAt'],
  sortable: ['createdAt', 'updatedAt', 'url', 'lastDeliveredAt', 'failingSince'],
  searchable: ['url', 'description'],
  selectable: [
    'id',
    'organizationId',
    'url',
    'description',
    'events',
    'active',
    'failingSince',
    'disabledReason',
    'lastDeliveredAt',
    'previousSecretUntil',
    'version',
    'createdAt',
    'updatedAt',
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toWebhookView,
};
