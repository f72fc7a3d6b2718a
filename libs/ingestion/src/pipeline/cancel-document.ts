import { Injectable } from '@nestjs/common';

import { DomainEvents, UnitOfWork } from '#libs/database';

import type { DocumentStatus } from '../document/document-status';
import { IngestionCancelledError } from '../document/document.errors';

interface CancelledDocument {
  readonly collectionId: string;
  readonly organizationId: string;
  readonly status: DocumentStatus;
}

const CANCEL = `
  UPDATE document
     SET status = CASE WHEN generation > 0 THEN 'ready' ELSE 'failed' END,
         progress = CASE WHEN generation > 0 THEN 1 ELSE 0 END,
         failure_code = CASE WHEN generation > 0 THEN NULL ELSE $2 END,
         failure_details = CASE WHEN generation > 0 THEN NULL ELSE '{}'::jsonb END,
         attempt_id = NULL, attempt_at = NULL, updated_at = now()
   WHERE id = $1 AND status NOT IN ('ready', 'failed') AND deleted_at IS NULL
  RETURNING collection_id AS "collectionId", organization_id AS "organizationId", status`;

/**
 * Ends the ingestion of a document, whether it waits or is at work: the attempt has lost its fence and ends by itself within
 * seconds. What readers saw of the document before stays and is `ready` again; one that was never ready has failed, and
 * reindexing starts it over.
 */
@Injectable()
export class CancelDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly events: DomainEvents,
  ) {}

  /** Does nothing to a document that is gone or done. @returns whether there was anything to end */
  execute(documentId: string): Promise<boolean> {
    const { code: failureCode } = IngestionCancelledError.definition;
    return this.uow.run(async () => {
      const [cancelled] = await this.uow.query<CancelledDocument>(CANCEL, [documentId, failureCode]);
      if (!cancelled) return false;
      const { organizationId, collectionId, status } = cancelled;
      if (status === 'ready') return true;
      const data = { documentId, collectionId, failureCode };
      await this.events.publish({ type: 'document.failed', organizationId, data });
      return true;
    });
  }
}
