import type { DomainEvent } from '#libs/kernel';

/** Port: tells whoever listens what happened. */
export abstract class DomainEvents {
  /**
   * Adds an event to the transaction in progress: it is delivered when the change it tells of is committed, at least once,
   * and never when it is not.
   * @throws Error outside UnitOfWork.run
   */
  abstract publish(event: DomainEvent): Promise<void>;
}
