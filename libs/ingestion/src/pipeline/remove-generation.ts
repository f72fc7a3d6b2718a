import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { GenerationRemover } from './generation-remover';
import { spaceOf } from './ingestion-attempt';
import type { GenerationJob } from './ingestion.queues';

interface Place {
  readonly organizationId: string;
  readonly collectionId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
}

/** Use case, run as a job: a former generation of a document goes. The live one and a coming one are left alone. */
@Injectable()
export class RemoveGeneration {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly remover: GenerationRemover,
  ) {}

  async execute({ documentId, generation }: GenerationJob): Promise<void> {
    const [place] = await this.uow.query<Place>(
      `SELECT d.organization_id AS "organizationId", d.collection_id AS "collectionId",
              c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension"
         FROM document d JOIN collection c ON c.id = d.collection_id
        WHERE d.id = $1 AND d.generation > $2`,
      [documentId, generation],
    );
    if (place) await this.remover.remove(spaceOf(place), documentId, generation);
  }
}
