import { Injectable, Logger } from '@nestjs/common';

import { ScreeningConfig } from '#libs/config';
import { DomainEvents, UnitOfWork } from '#libs/database';

import { AttemptLedger } from '../pipeline/attempt-ledger';
import type { IngestionAttempt } from '../pipeline/ingestion-attempt';
import type { ProgressReport } from '../pipeline/progress-report';
import { ScreeningRecords } from './screening-records';
import type { Screening } from './screening-result';
import { DocumentQuarantinedError } from './screening.errors';

/**
 * Use case: decides whether a document that was read may be ingested, and keeps what its screening found. One that may not is
 * in quarantine: readers find nothing of it, and no chunk or vector of it is made.
 */
@Injectable()
export class AdmitDocument {
  private readonly logger = new Logger(AdmitDocument.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: ScreeningConfig,
    private readonly ledger: AttemptLedger,
    private readonly records: ScreeningRecords,
    private readonly events: DomainEvents,
  ) {}

  /**
   * @param progress is told that the next step begins, when it does
   * @returns false when the document is in quarantine and the attempt has ended
   * @throws AttemptLostError
   */
  async execute(attempt: IngestionAttempt, screening: Screening, progress: ProgressReport): Promise<boolean> {
    return this.uow.run(async () => {
      const isQuarantined = await this.isToBeQuarantined(attempt, screening);
      await (isQuarantined ? this.quarantine(attempt, screening) : progress.startChunking());
      await this.records.save(attempt, screening, isQuarantined);
      return !isQuarantined;
    });
  }

  /** What an administrator has released once is trusted wherever the organization has the same bytes. */
  private async isToBeQuarantined({ documentId }: IngestionAttempt, { score }: Screening): Promise<boolean> {
    return score * 100 > this.config.quarantinePercent && !(await this.records.isReleased(documentId));
  }

  private async quarantine(attempt: IngestionAttempt, { score }: Screening): Promise<void> {
    const { documentId, collectionId, organizationId } = attempt;
    this.logger.warn({ msg: 'Document in quarantine', documentId, score });
    await this.ledger.withdraw(attempt, new DocumentQuarantinedError());
    await this.events.publish({
      type: 'document.quarantined',
      organizationId,
      data: { documentId, collectionId, score },
    });
  }
}
