import { Injectable } from '@nestjs/common';

import { DomainEvents, UnitOfWork } from '#libs/database';

import { IngestionCancelledError } from '../document/document.errors';

interface CancelledDocument {
  readonly collectionId: string;
  readonly organizationId: string;
}

const CANCEL = `
  UPDATE document SET status = 'failed', failure_code = $2, failure_details = '{}', updated_at = now()
   WHERE id = $1 AND status = 'queued' AND deleted_at IS NULL
  RETURNING collection_id AS "collectionId", organization_id AS "organizationId"`;

/**
 * Takes a document that waits out of the line: without a job, and still waiting, it would be enqueued again. What readers
 * saw of it before stays; reindexing starts it over.
 */
@Injectable()
export class CancelDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly events: DomainEvents,
  ) {}

  /** Does nothing to a document that is gone, being worked on or done. */
  execute(documentId: string): Promise<void> {
    const { code: failureCode } = IngestionCancelledError.definition;
    return this.uow.run(async () => {
      const [cancelled] = await this.uow.query<CancelledDocument>(CANCEL, [documentId, failureCode]);
      if (!cancelled) return;
      const { organizationId, collectionId } = cancelled;
      const data = { documentId, collectionId, failureCode };
      await this.events.publish({ type: 'document.failed', organizationId, data });
    });
  }
}
