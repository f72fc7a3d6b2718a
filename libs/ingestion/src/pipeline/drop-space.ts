import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';

import { spaceOf } from './ingestion-attempt';
import type { SpaceJob } from './ingestion.queues';

/** Use case, run as a job: the vectors of a model that a collection has left go. */
@Injectable()
export class DropSpace {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vectors: VectorStore,
  ) {}

  /** Does nothing when the collection has come back to that model, or is moving there. @throws VectorStoreUnavailableError */
  async execute(space: SpaceJob): Promise<void> {
    const [inUse] = await this.uow.query(
      `SELECT id FROM collection WHERE id = $1 AND $2 IN (embedding_model, next_embedding_model)`,
      [space.collectionId, space.embeddingModel],
    );
    if (!inUse) await this.vectors.dropSpace(spaceOf(space));
  }
}
