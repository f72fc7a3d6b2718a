import { Injectable } from '@nestjs/common';

import { Clock, Ids } from '#libs/kernel';

import {
  ABANDONED_AFTER_MS,
  IdempotencyStore,
  RETENTION_MS,
  type IdempotentAnswer,
  type IdempotentAttempt,
  type Reservation,
} from './idempotency-store';

interface Entry {
  readonly id: string;
  readonly userId: string;
  readonly requestHash: string;
  readonly startedAt: number;
  answer?: IdempotentAnswer;
}

/** For tests and for a single process without a database. */
@Injectable()
export class InMemoryIdempotencyStore extends IdempotencyStore {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  override reserve({ userId, route, key, requestHash }: IdempotentAttempt): Promise<Reservation> {
    const place = JSON.stringify([userId, route, key]);
    const earlier = this.entries.get(place);
    if (earlier && !this.isOver(earlier)) {
      return Promise.resolve({ earlier: { requestHash: earlier.requestHash, answer: earlier.answer } });
    }
    const id = this.ids.next();
    this.entries.set(place, { id, userId, requestHash, startedAt: this.clock.now().getTime() });
    return Promise.resolve({ id });
  }

  override complete(id: string, { status, body }: IdempotentAnswer): Promise<void> {
    const entry = [...this.entries.values()].find((candidate) => candidate.id === id);
    if (entry) entry.answer = { status, body: body ?? undefined };
    return Promise.resolve();
  }

  override release(id: string): Promise<void> {
    this.drop((entry) => entry.id === id);
    return Promise.resolve();
  }

  override forget(userId: string, about: string): Promise<void> {
    this.drop((entry) => entry.userId === userId && Object.values(entry.answer?.body ?? {}).includes(about));
    return Promise.resolve();
  }

  override purge(): Promise<number> {
    return Promise.resolve(this.drop((entry) => this.isOver(entry)));
  }

  private isOver({ startedAt, answer }: Entry): boolean {
    return this.clock.now().getTime() - startedAt > (answer ? RETENTION_MS : ABANDONED_AFTER_MS);
  }

  private drop(matches: (entry: Entry) => boolean): number {
    const places = [...this.entries].filter(([, entry]) => matches(entry)).map(([place]) => place);
    for (const place of places) this.entries.delete(place);
    return places.length;
  }
}
