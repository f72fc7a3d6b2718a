import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work between two turns of the event loop: requests wait no longer for an index to load. */
const STRETCH_MS = 8;

/** Lets others work during a long computation, and ends it when the process wants to stop. */
export class Breather {
  private startedAt = performance.now();
  private readonly stopping = new AbortController();

  /** @throws AbortError after {@link stop} */
  async pause(): Promise<void> {
    if (performance.now() - this.startedAt < STRETCH_MS) return;
    await setImmediate(undefined, { signal: this.stopping.signal });
    this.startedAt = performance.now();
  }

  stop(): void {
    this.stopping.abort();
  }
}
