import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';

import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WEBHOOK_DELIVERY } from './webhook-delivery.queue';

/** What a delivery is made of. */
export interface NewDelivery {
  readonly organizationId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: string;
  readonly data: object;
}

/** Makes deliveries with the jobs that carry them out. */
@Injectable()
export class QueuedDeliveries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly ids: Ids,
  ) {}

  /** In the transaction in progress. @returns the id; undefined when this webhook has a delivery of the event already */
  async add({ occurredAt, data, ...delivery }: NewDelivery): Promise<string | undefined> {
    const { organizationId, eventId, eventType } = delivery;
    const id = this.ids.next();
    const payload = { id: eventId, type: eventType, createdAt: occurredAt, organizationId, data };
    const inserted = await this.uow
      .repository(WebhookDeliveryEntity)
      .createQueryBuilder()
      .insert()
      .values({ ...delivery, id, payload, status: 'pending' })
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return undefined;
    await this.uow.asOrganization(organizationId, () =>
      this.jobs.enqueue(WEBHOOK_DELIVERY, { deliveryId: id }, { key: id }),
    );
    return id;
  }
}
