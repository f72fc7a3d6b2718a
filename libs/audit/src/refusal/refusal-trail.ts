import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { RequestContext } from '#libs/http';
import { Clock } from '#libs/kernel';

import type { AuditRecord } from '../trail/audit-record';
import { AuditTrail } from '../trail/audit-trail';
import { PLATFORM_ORGANIZATION_ID } from '../trail/platform-organization';
import { RefusalBudget } from './refusal-budget';
import { strangerAt } from './stranger-at';

const MINUTE_MS = 60_000;

/**
 * Writes what was refused or failed, apart from the transaction that was rolled back. Bounded per caller and per minute; a
 * summary tells how many refusals got no entry of their own.
 */
@Injectable()
export class RefusalTrail implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RefusalTrail.name);
  private readonly budget = new RefusalBudget();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.summarize().catch((error: unknown) => this.logger.error(error));
    }, MINUTE_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.summarize();
  }

  /**
   * Call it outside of UnitOfWork.run: the refusal stays when the act is undone. Never throws, for the caller has an answer
   * to give. The request counts as recorded, so that its answer is not recorded once more.
   */
  async record(entry: Omit<AuditRecord, 'outcome'>, outcome: 'refused' | 'failed' = 'refused'): Promise<void> {
    this.context.markRefusalRecorded();
    if (this.isWithinBudget()) await this.write({ ...entry, outcome });
  }

  /** Writes how many refusals got no entry since the last summary. */
  async summarize(): Promise<void> {
    const details = this.budget.takeSuppressed();
    if (!details) return;
    const organizationId = PLATFORM_ORGANIZATION_ID;
    await this.write({
      action: 'refusals.suppressed',
      resource: 'request',
      outcome: 'refused',
      organizationId,
      details,
    });
  }

  private isWithinBudget(): boolean {
    const { principal, address = 'unknown' } = this.context;
    return this.budget.admit(principal?.id ?? strangerAt(address), !principal, this.clock.now().getTime());
  }

  private async write(entry: AuditRecord): Promise<void> {
    try {
      await this.uow.asPlatform(() => this.uow.run(() => this.trail.record(entry)));
    } catch (error) {
      this.logger.error(`A refusal could not be recorded: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}
