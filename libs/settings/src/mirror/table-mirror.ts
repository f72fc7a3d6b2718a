import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';

import type { UnitOfWork } from '#libs/database';

/** How long another process may go on with what was: two looks at a small table cost less than a lasting connection each. */
const PERIOD_MS = 2_000;

/**
 * What this process knows of a small table that every request asks: read at the start, after each change made here, and every
 * two seconds for changes made elsewhere.
 */
export abstract class TableMirror<Row extends object>
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private begun = 0;
  private newest = 0;

  /** @param statement selects the rows of all organizations */
  protected constructor(
    protected readonly uow: UnitOfWork,
    private readonly statement: string,
  ) {}

  /** A process that cannot read them does not start: it might let in whom a row keeps out. */
  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), PERIOD_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** This process follows the table from here on. */
  async refresh(): Promise<void> {
    const read = (this.begun += 1);
    const rows = await this.uow.asPlatform(() => this.uow.query<Row>(this.statement));
    // A look that began before a change and ends after it knows only what was.
    if (read < this.newest) return;
    this.newest = read;
    this.show(rows);
  }

  /** Replaces what was known. Synchronous: no request sees half of it. */
  protected abstract show(rows: readonly Row[]): void;

  private look(): void {
    this.running ??= this.refresh()
      .catch((error: unknown) => {
        this.logger.warn(`The table could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
      })
      .finally(() => {
        this.running = undefined;
      });
  }
}
