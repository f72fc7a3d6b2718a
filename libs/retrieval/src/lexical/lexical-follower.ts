import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import { InProcessLexicalIndex } from './in-process-lexical-index';
import type { SearchedCollection } from './lexical-index';
import { LexicalRows } from './lexical-rows';

const LOOK_EVERY_MS = 1_000;
/** A collection that changes all the time is read this often: in larger steps, and less of it twice. */
const READ_BUSY_EVERY_LOOKS = 10;

/**
 * Loads the indexes when the process starts, and reads what changes, in the background: 100,000 chunks take some
 * seconds, which no question should wait for. Readiness does not depend on it, nor does what a search finds: that
 * reads for itself what is still missing.
 */
@Injectable()
export class LexicalFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LexicalFollower.name);
  private readonly stopping = new AbortController();
  private seen: ReadonlyMap<string, number> = new Map();
  private running: Promise<void> = Promise.resolve();
  private looks = 0;
  private isFailing = false;

  constructor(
    private readonly index: InProcessLexicalIndex,
    private readonly rows: LexicalRows,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.index.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look().then(() => (this.isFailing = false), this.complain.bind(this));
      await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** What changed since the last look may change again at once: it is read when it rests. */
  private async look(): Promise<void> {
    const readsBusy = this.looks % READ_BUSY_EVERY_LOOKS === 0;
    this.looks += 1;
    const former = this.seen;
    const collections = await this.rows.collections();
    this.seen = new Map(collections.map(({ id, revision }) => [id, revision]));
    for (const collection of collections) {
      if (this.stopping.signal.aborted) return;
      const rests = former.get(collection.id) === collection.revision;
      if ((rests || readsBusy) && this.isWanted(collection)) await this.index.load(collection);
    }
  }

  private isWanted(collection: SearchedCollection): boolean {
    return this.index.holds(collection.id) ? !this.index.isCurrent(collection) : !this.index.isFull;
  }

  /** Once for each outage. */
  private complain(error: unknown): void {
    if (!this.isFailing && !this.stopping.signal.aborted)
      this.logger.warn(`Indexes will load when asked for: ${String(error)}`);
    this.isFailing = true;
  }
}
