import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import { InProcessLexicalIndex } from './in-process-lexical-index';
import { LexicalRows } from './lexical-rows';

/**
 * Loads the indexes when the process starts, in the background: 100,000 chunks take some seconds, which the first
 * question should not wait for. Readiness does not depend on it.
 */
@Injectable()
export class LexicalWarmUp implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LexicalWarmUp.name);
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly index: InProcessLexicalIndex,
    private readonly rows: LexicalRows,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run().catch((error: unknown) => {
      if (!this.isStopping) this.logger.warn(`Indexes will load when first asked for: ${String(error)}`);
    });
  }

  /** Before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.index.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    for (const collection of await this.rows.collections()) {
      if (this.isStopping || this.index.isFull) return;
      await this.index.load(collection);
    }
  }
}
