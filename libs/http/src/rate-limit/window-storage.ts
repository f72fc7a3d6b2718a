import type { ThrottlerStorage } from '@nestjs/throttler';

import type { Clock } from '#libs/kernel';

interface Window {
  hits: number;
  readonly endsAt: number;
}

/** Entries of callers who have gone are dropped this often, in milliseconds. */
const SWEEP_EVERY_MS = 60_000;

type Record = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Counts in fixed windows that begin with a caller's first request: one addition per request. (The storage that comes with
 * the throttler remembers the time of every hit and walks through all of them each time, which costs more than a small
 * request itself.) For one process; several need a shared storage.
 */
export class WindowStorage implements ThrottlerStorage {
  private readonly windows = new Map<string, Window>();
  private nextSweep = 0;

  constructor(private readonly clock: Clock) {}

  /** @param ttl length of the window in milliseconds */
  increment(key: string, ttl: number, limit: number): Promise<Record> {
    const now = this.clock.now().getTime();
    this.sweep(now);
    const window = this.windowOf(key, ttl, now);
    window.hits += 1;
    const seconds = Math.ceil((window.endsAt - now) / 1000);
    const isBlocked = window.hits > limit;
    return Promise.resolve({
      totalHits: window.hits,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    });
  }

  private windowOf(key: string, ttl: number, now: number): Window {
    const current = this.windows.get(key);
    if (current && current.endsAt > now) return current;
    const fresh = { hits: 0, endsAt: now + ttl };
    this.windows.set(key, fresh);
    return fresh;
  }

  private sweep(now: number): void {
    if (now < this.nextSweep) return;
    this.nextSweep = now + SWEEP_EVERY_MS;
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
  }
}
