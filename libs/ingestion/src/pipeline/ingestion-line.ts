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
  join(documentId: string, organizationId: string): Promise<void> {
    return this.joinAll([documentId], organizationId);
  }

  /** As many calls of {@link join}, in two statements. */
  async joinAll(documentIds: readonly string[], organizationId: string): Promise<void> {
    if (documentIds.length === 0) return;
    const [row] = await this.uow.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM document
        WHERE organization_id = $1 AND status NOT IN ('ready', 'failed') AND deleted_at IS NULL AND id <> ALL ($2)`,
      [organizationId, documentIds],
    );
    const before = row?.waiting ?? 0;
    const jobs = documentIds.map((documentId, at) => ({
      data: { documentId },
      key: documentId,
      priority: -before - at,
    }));
    await this.jobs.enqueueAll(INGEST_DOCUMENT, jobs);
  }
}
