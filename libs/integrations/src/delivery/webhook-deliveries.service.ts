import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceReader } from '#libs/crud';
import { JobQueue, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import type { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WEBHOOK_DELIVERY } from './webhook-delivery.queue';
import { WEBHOOK_DELIVERY_RESOURCE } from './webhook-delivery.resource';
import type { WebhookDeliveryView } from './webhook-delivery.view';

/** What was sent to the webhooks of an organization, for its administrators. */
@Injectable()
export class WebhookDeliveriesService extends ResourceReader<WebhookDeliveryEntity, WebhookDeliveryView> {
  constructor(
    uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly trail: AuditTrail,
  ) {
    super(WEBHOOK_DELIVERY_RESOURCE, uow);
  }

  /** Sends it once more, whatever became of it; receivers know an event by its id. @throws ResourceNotFoundError */
  retry(caller: Principal, id: string): Promise<WebhookDeliveryView> {
    return this.uow.run(async () => {
      const delivery = await this.load(caller, id, true);
      const { organizationId, eventType, status } = delivery;
      delivery.status = 'pending';
      await this.repository.save(delivery);
      await this.uow.asOrganization(organizationId, () =>
        this.jobs.enqueue(WEBHOOK_DELIVERY, { deliveryId: id }, { key: id }),
      );
      await this.trail.record({
        action: 'webhook-delivery.retried',
        resource: 'webhook-delivery',
        resourceId: id,
        organizationId,
        before: { eventType, status },
        outcome: 'succeeded',
      });
      return this.resource.present(delivery);
    });
  }
}
