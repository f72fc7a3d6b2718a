import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';

import { IngestionLine } from '../pipeline/ingestion-line';
import { INGEST_DOCUMENT } from '../pipeline/ingestion.queues';

interface WaitingDocument {
  readonly id: string;
  readonly organizationId: string;
}

/** In the order they came. Resumed again, a document whose job waits already is passed over. */
const WAITING = `
  SELECT d.id, d.organization_id AS "organizationId"
    FROM document d JOIN collection c ON c.id = d.collection_id AND c.paused_at IS NULL AND c.deleted_at IS NULL
   WHERE d.collection_id = $1 AND d.status NOT IN ('ready', 'failed') AND d.deleted_at IS NULL
   ORDER BY d.created_at, d.id`;

/** Use case, run as a job: what waited in a paused collection joins the line again. */
@Injectable()
export class ResumeCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly line: IngestionLine,
  ) {}

  async execute(collectionId: string): Promise<void> {
    for (const { id, organizationId } of await this.uow.query<WaitingDocument>(WAITING, [collectionId])) {
      if (await this.jobs.isPending(INGEST_DOCUMENT, id)) continue;
      await this.uow.run(() => this.line.join(id, organizationId));
    }
  }
}
