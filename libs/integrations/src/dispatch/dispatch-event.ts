import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PublishedEvent } from '#libs/database';
import { joinPlan } from '#libs/plans';

import { QueuedDeliveries } from '../delivery/queued-deliveries';

/** Only while the plan has webhooks: one that lost them keeps its addresses, for the day it has them again. */
const LISTENING = `
  SELECT w.id FROM webhook w ${joinPlan('w')}
   WHERE w.organization_id = $1 AND w.active AND $2 = ANY (w.events) AND 'webhooks' = ANY (plan.features) ORDER BY w.id`;

/** Use case: an event is on its way to every webhook that asked for it. Doing it twice is doing it once. */
@Injectable()
export class DispatchEvent {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deliveries: QueuedDeliveries,
  ) {}

  execute({ eventId, type: eventType, organizationId, occurredAt, data }: PublishedEvent): Promise<void> {
    return this.uow.run(async () => {
      for (const { id: webhookId } of await this.uow.query<{ id: string }>(LISTENING, [organizationId, eventType])) {
        await this.deliveries.add({ organizationId, webhookId, eventId, eventType, occurredAt, data });
      }
    });
  }
}
