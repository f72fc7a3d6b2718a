import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';

import { PURGE_COLLECTION } from '../pipeline/ingestion.queues';

/** Makes a collection and its documents invisible at once; a job removes what is left of them. */
@Injectable()
export class DeleteCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
  ) {}

  /** Once this has resolved, no answer can cite any of its documents: every reader joins live rows. */
  async execute(collectionId: string): Promise<void> {
    await this.uow.run(async () => {
      const [deleted] = await this.uow.query<{ revision: string }>(
        `UPDATE collection SET deleted_at = now(), updated_at = now(), revision = revision + 1
          WHERE id = $1 AND deleted_at IS NULL RETURNING revision`,
        [collectionId],
      );
      if (!deleted) return;
      await this.uow.query(
        `UPDATE document SET deleted_at = now(), updated_at = now(), revision = $2
          WHERE collection_id = $1 AND deleted_at IS NULL`,
        [collectionId, deleted.revision],
      );
      await this.jobs.enqueue(PURGE_COLLECTION, { collectionId }, { key: collectionId });
    });
  }
}
