import type { DomainEvent } from '#libs/kernel';

import type { QueueDefinition } from '../jobs/job-queue';

/** An event on its way to those who listen. */
export type PublishedEvent = DomainEvent & {
  /** The same in every delivery of the event. */
  readonly eventId: string;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
};

/** Passing an event on takes one short transaction; it is retried for about an hour while the database is away. */
export const DOMAIN_EVENT: QueueDefinition<PublishedEvent> = {
  name: 'domain-event',
  retryLimit: 10,
  retryDelaySeconds: 2,
  expireInSeconds: 60,
};
