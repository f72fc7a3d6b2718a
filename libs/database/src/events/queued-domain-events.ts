import { Injectable } from '@nestjs/common';

import { Clock, Ids, type DomainEvent } from '#libs/kernel';

import { JobQueue } from '../jobs/job-queue';
import { UnitOfWork } from '../unit-of-work';
import { DOMAIN_EVENT } from './domain-event-queue';
import { DomainEvents } from './domain-events';

/** Events as jobs of the organization they happened in: the queue is the outbox. */
@Injectable()
export class QueuedDomainEvents extends DomainEvents {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  override publish(event: DomainEvent): Promise<void> {
    this.uow.requireTransaction();
    const published = { ...event, eventId: this.ids.next(), occurredAt: this.clock.now().toISOString() };
    return this.uow.asOrganization(event.organizationId, () => this.jobs.enqueue(DOMAIN_EVENT, published));
  }
}
