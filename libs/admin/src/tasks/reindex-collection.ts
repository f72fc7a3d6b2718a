import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { QueueDocument } from '#libs/ingestion';

/** Ids read at a time; each document is queued in a transaction of its own. */
const BATCH = 500;

const NEXT = `
  SELECT id FROM document
   WHERE collection_id = $1 AND deleted_at IS NULL AND status IN ('ready', 'failed') AND id > $2 ORDER BY id LIMIT ${BATCH}`;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Ingests every document of a collection again. Readers keep what they see until the new generation is complete. */
@Injectable()
export class ReindexCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queue: QueueDocument,
  ) {}

  /** @returns number of documents that were queued */
  async execute(collectionId: string, signal: AbortSignal): Promise<number> {
    let queued = 0;
    for (let last: string | undefined = BEFORE_ALL; last !== undefined;) {
      const batch: { id: string }[] = await this.uow.query<{ id: string }>(NEXT, [collectionId, last]);
      for (const { id } of batch) {
        signal.throwIfAborted();
        if (await this.queue.requeue(id)) queued += 1;
      }
      last = batch.length === BATCH ? batch.at(-1)?.id : undefined;
    }
    return queued;
  }
}
