import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { WebhooksService } from '../webhook/webhooks.service';
import { QueuedDeliveries } from './queued-deliveries';
import { WebhookDeliveriesService } from './webhook-deliveries.service';
import type { WebhookDeliveryView } from './webhook-delivery.view';

/** Not an event of the product: nobody subscribes to it. */
export const PING = 'ping';

/** Use case: an administrator tries a webhook out. */
@Injectable()
export class PingWebhook {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly webhooks: WebhooksService,
    private readonly queue: QueuedDeliveries,
    private readonly deliveries: WebhookDeliveriesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns the delivery, still on its way @throws ResourceNotFoundError */
  execute(caller: Principal, webhookId: string): Promise<WebhookDeliveryView> {
    return this.uow.run(async () => {
      const { organizationId } = await this.webhooks.get(caller, webhookId);
      const event = { eventId: this.ids.next(), eventType: PING, occurredAt: this.clock.now().toISOString(), data: {} };
      const id = await this.queue.add({ organizationId, webhookId, ...event });
      if (id === undefined) throw new ResourceNotFoundError('webhook-delivery', event.eventId);
      const act = { action: 'webhook.pinged', resource: 'webhook', resourceId: webhookId, organizationId };
      await this.audit.record({ ...act, outcome: 'succeeded' });
      return this.deliveries.get(caller, id);
    });
  }
}
