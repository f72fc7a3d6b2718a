import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { JobQueue } from '#libs/database';

import { RESTORE_VECTORS, RESTORE_WORDS } from '../pipeline/ingestion.queues';
import { RestoreVectors } from '../pipeline/restore-vectors';
import { RestoreWords } from '../pipeline/restore-words';
import { Reconciler, RECONCILE } from './reconciler';
import { RecoverDocuments } from './recover-documents';

/** Milliseconds between two looks for documents that no job will take further. */
const RECOVERY_EVERY_MS = 60_000;

/** Finds and mends what was lost, in the process that includes it. */
@Injectable()
export class UpkeepWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(UpkeepWorker.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: JobQueue,
    private readonly recoverDocuments: RecoverDocuments,
    private readonly restoreVectors: RestoreVectors,
    private readonly restoreWords: RestoreWords,
    private readonly reconciler: Reconciler,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(RESTORE_VECTORS, 1, ({ data, signal }) =>
      this.restoreVectors.execute(data.documentId, signal),
    );
    await this.jobs.work(RESTORE_WORDS, 1, ({ data, signal }) => this.restoreWords.execute(data.documentId, signal));
    await this.jobs.work(RECONCILE, 1, () => this.reconciler.execute());
    this.timer = setInterval(() => this.recover(), RECOVERY_EVERY_MS);
    this.recover();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Beside the start, not before it. What fails now may succeed in the next round. */
  private recover(): void {
    const round = Promise.all([this.recoverDocuments.execute(), this.reconciler.schedule()]);
    round.catch((error: unknown) => this.logger.error(error));
  }
}
