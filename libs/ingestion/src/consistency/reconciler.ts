import { Injectable, Logger } from '@nestjs/common';

import { IngestionConfig } from '#libs/config';
import { JobQueue, UnitOfWork, type QueueDefinition } from '#libs/database';

import { ConsistencyCheck } from './consistency-check';
import { isConsistent } from './consistency-report';
import { toConsistencyView, type ConsistencyView } from './consistency.view';

const SECONDS_PER_MINUTE = 60;
const KEY = 'scheduled';

/** One job for all workers: who finishes it sets the next one. */
export const RECONCILE: QueueDefinition<object> = {
  name: 'reconcile',
  retryLimit: 1,
  retryDelaySeconds: 60,
  expireInSeconds: 4 * 3_600,
};

/** Compares SQL, vectors and files at regular times and mends what differs, in one process at a time. */
@Injectable()
export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);

  constructor(
    private readonly config: IngestionConfig,
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly check: ConsistencyCheck,
  ) {}

  /** Sees to it that a job waits. Two workers that look at the same moment set two: harmless, since it is idempotent. */
  async schedule(): Promise<void> {
    const { reconcileMinutes } = this.config;
    if (reconcileMinutes === 0 || (await this.jobs.isPending(RECONCILE, KEY))) return;
    const startAfterSeconds = reconcileMinutes * SECONDS_PER_MINUTE;
    await this.uow.run(() => this.jobs.enqueue(RECONCILE, {}, { key: KEY, startAfterSeconds }));
  }

  /** @returns what was found, and what of it is being mended; kept with the job */
  async execute(): Promise<ConsistencyView & { readonly repaired: number }> {
    const report = await this.check.run({ repair: true });
    const found = Object.assign(toConsistencyView(report), { repaired: report.repaired });
    if (!isConsistent(report)) this.logger.warn({ msg: 'SQL, vectors and files differed', found });
    return found;
  }
}
