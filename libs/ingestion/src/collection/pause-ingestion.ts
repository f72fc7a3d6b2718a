import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { JobQueue, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { RESUME_COLLECTION } from '../pipeline/ingestion.queues';
import { CollectionAccess } from './collection-access';
import { toCollectionView, type CollectionView } from './collection.view';

const SET = `
  UPDATE collection SET paused_at = CASE WHEN $2::boolean THEN now() END, updated_at = now(), version = version + 1
   WHERE id = $1 AND (paused_at IS NULL) = $2::boolean RETURNING organization_id AS "organizationId"`;

/**
 * Use case: holds up the ingestion in a collection, or lets it go on. What is being ingested ends first; what readers can
 * find stays as it is.
 */
@Injectable()
export class PauseIngestion {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CollectionAccess,
    private readonly jobs: JobQueue,
    private readonly audit: AuditTrail,
  ) {}

  /** Does nothing when it is so already. @throws CollectionNotFoundError @throws CollectionReadOnlyError */
  async execute(principal: Principal, collectionId: string, paused: boolean): Promise<CollectionView> {
    await this.access.getOwned(principal, collectionId);
    await this.uow.run(async () => {
      const [changed] = await this.uow.query<{ organizationId: string }>(SET, [collectionId, paused]);
      if (!changed) return;
      await this.audit.record({
        action: paused ? 'collection.paused' : 'collection.resumed',
        resource: 'collection',
        resourceId: collectionId,
        organizationId: changed.organizationId,
        outcome: 'succeeded',
      });
      if (!paused) await this.jobs.enqueue(RESUME_COLLECTION, { collectionId }, { key: collectionId });
    });
    return toCollectionView(await this.access.getOwned(principal, collectionId));
  }
}
