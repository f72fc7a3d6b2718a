import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';

import { INGEST_DOCUMENT } from './ingestion.queues';

/**
 * Where documents wait. Organizations take turns: the more of its documents wait already, the further back the next one
 * stands, so that one that brings thousands holds nobody else up. Among its own, first come is first served.
 */
@Injectable()
export class IngestionLine {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
  ) {}

  /** Adds the job to the transaction that makes the document wait. */
  async join(documentId: string, organizationId: string): Promise<void> {
    const [row] = await this.uow.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM document
        WHERE organization_id = $1 AND status NOT IN ('ready', 'failed') AND deleted_at IS NULL AND id <> $2`,
      [organizationId, documentId],
    );
    await this.jobs.enqueue(INGEST_DOCUMENT, { documentId }, { key: documentId, priority: -(row?.waiting ?? 0) });
  }
}
