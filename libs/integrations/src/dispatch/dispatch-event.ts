import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PublishedEvent } from '#libs/database';

import { QueuedDeliveries } from '../delivery/queued-deliveries';

const LISTENING = `SELECT id FROM webhook WHERE organization_id = $1 AND active AND $2 = ANY (events) ORDER BY id`;

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
