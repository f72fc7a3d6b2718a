import type { ResourceDefinition } from '#libs/crud';

import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { toWebhookDeliveryView, type WebhookDeliveryView } from './webhook-delivery.view';

/** Read-only: deliveries are made by what happens. */
export const WEBHOOK_DELIVERY_RESOURCE: ResourceDefinition<WebhookDeliveryEntity, WebhookDeliveryView> = {
  name: 'webhook-delivery',
  administered: true,
  entity: WebhookDeliveryEntity,
  creatable: [],
  updatable: [],
  filterable: [
    'id',
    'organizationId',
    'webhookId',
    'eventId',
    'eventType',
    'status',
    'responseStatus',
    'failureCode',
    'attempts',
    'createdAt',
    'lastAttemptAt',
    'deliveredAt',
  ],
  sortable: ['createdAt', 'lastAttemptAt', 'deliveredAt', 'eventType', 'status', 'attempts', 'durationMs'],
  searchable: ['eventType', 'failureCode'],
  selectable: [
    'id',
    'organizationId',
    'webhookId',
    'eventId',
    'eventType',
    'status',
    'attempts',
    'responseStatus',
    'failureCode',
    'durationMs',
    'payload',
    'createdAt',
    'lastAttemptAt',
    'deliveredAt',
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toWebhookDeliveryView,
};
