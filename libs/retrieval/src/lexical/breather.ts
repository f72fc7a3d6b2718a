import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work between two turns of the event loop: requests wait no longer for an index to load. */
const STRETCH_MS = 8;

/** Lets others work during a long computation. One per computation. */
export class Breather {
  private startedAt = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.startedAt < STRETCH_MS) return;
    await setImmediate();
    this.startedAt = performance.now();
  }
}
