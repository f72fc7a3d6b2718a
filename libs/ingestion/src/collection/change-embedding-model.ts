import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { JobQueue, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { EmbeddingModels } from '#libs/llm';

import { REEMBED_COLLECTION } from '../pipeline/ingestion.queues';
import { CollectionAccess } from './collection-access';
import { toCollectionView, type CollectionView } from './collection.view';

/** Use case: a collection moves to the embedding model of the day. It is searched as before until all vectors are there. */
@Injectable()
export class ChangeEmbeddingModel {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CollectionAccess,
    private readonly models: EmbeddingModels,
    private readonly jobs: JobQueue,
    private readonly audit: AuditTrail,
  ) {}

  /** Does nothing when it has that model. @throws CollectionReadOnlyError @throws ModelUnavailableError */
  async execute(principal: Principal, collectionId: string): Promise<CollectionView> {
    const { embeddingModel, organizationId } = await this.access.getOwned(principal, collectionId);
    const { id: next, dimension } = await this.models.ready();
    if (next !== embeddingModel) {
      await this.uow.run(async () => {
        await this.uow.query(
          `UPDATE collection SET next_embedding_model = $2, next_embedding_dimension = $3, updated_at = now(), version = version + 1
            WHERE id = $1`,
          [collectionId, next, dimension],
        );
        await this.audit.record({
          action: 'collection.reembedding',
          resource: 'collection',
          resourceId: collectionId,
          organizationId,
          before: { embeddingModel },
          after: { embeddingModel: next },
          outcome: 'succeeded',
        });
        await this.jobs.enqueue(REEMBED_COLLECTION, { collectionId }, { key: collectionId });
      });
    }
    return toCollectionView(await this.access.getOwned(principal, collectionId));
  }
}
