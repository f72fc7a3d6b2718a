import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import { AuditConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { ArchiveEntries, type Archived } from './archive-entries';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days an archive covers at least: every archive leaves an entry, which must not ask for an archive of its own each day. */
const ARCHIVE_DAYS = 30;

const IS_DUE = `SELECT EXISTS (SELECT FROM audit_log WHERE sequence IS NOT NULL AND created_at < $1) AS "isDue"`;

/**
 * Archives by itself what is older than AUDIT_RETENTION_DAYS, about once a month. Without that setting entries stay. Any
 * process may do it; of two at once one fails at the key of its archive, and nothing is moved twice.
 */
@Injectable()
export class ArchiveSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ArchiveSchedule.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly archive: ArchiveEntries,
    private readonly config: AuditConfig,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.auditRetentionDays === undefined) return;
    this.timer = setInterval(() => this.look(), HOUR_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns the archives that were made, none when nothing is due. @throws BrokenChainError */
  async run(): Promise<Archived[]> {
    const { auditRetentionDays: days } = this.config;
    if (days === undefined || !(await this.isDue(days + ARCHIVE_DAYS))) return [];
    return this.archive.execute(this.daysAgo(days));
  }

  private look(): void {
    this.running ??= this.run()
      .then((archived) =>
        archived.forEach(({ entries, file }) => this.logger.log(`${entries} entries moved to ${file}`)),
      )
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => {
        this.running = undefined;
      });
  }

  private async isDue(days: number): Promise<boolean> {
    const [row] = await this.uow.query<{ isDue: boolean }>(IS_DUE, [this.daysAgo(days)]);
    return row?.isDue ?? false;
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
