import { DomainEvents } from '#libs/database';
import type { DomainEvent } from '#libs/kernel';

/** Remembers what was published, whether or not it was committed. */
export class RecordedEvents extends DomainEvents {
  readonly published: DomainEvent[] = [];

  override publish(event: DomainEvent): Promise<void> {
    this.published.push(event);
    return Promise.resolve();
  }
}
