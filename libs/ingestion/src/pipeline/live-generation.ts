import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { vectorIdOf } from './chunk-ids';
import { ChunkTable } from './chunk-table';
import type { VectorTarget } from './vector-writer';

const LIVE = `
  SELECT d.id AS "documentId", d.generation, d.title, c.organization_id AS "organizationId", c.id AS "collectionId",
         c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension"
    FROM document d JOIN collection c ON c.id = d.collection_id AND c.deleted_at IS NULL
   WHERE d.id = $1 AND d.deleted_at IS NULL AND d.generation > 0`;

/** What can be made anew of a document beside its rows. */
export interface Remaking {
  readonly write: (target: VectorTarget) => Promise<void>;
  readonly remove: (target: VectorTarget, ids: readonly string[]) => Promise<void>;
}

/** Makes anew what lies in a store of the passages that readers see of a document. */
@Injectable()
export class LiveGeneration {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly chunks: ChunkTable,
  ) {}

  /** Does nothing for a document that is gone. @throws what `write` and `remove` throw */
  async remake(documentId: string, { write, remove }: Remaking): Promise<void> {
    const target = await this.find(documentId);
    if (!target) return;
    const { generation } = target;
    const ordinals = await this.chunks.ordinals(documentId, generation);
    await write(target);
    const now = await this.find(documentId);
    if (now?.generation === generation) return;
    // Meanwhile deleted or replaced: whoever removed that generation did not know of what was written.
    await remove(
      target,
      ordinals.map((ordinal) => vectorIdOf(documentId, generation, ordinal)),
    );
  }

  private async find(documentId: string): Promise<VectorTarget | undefined> {
    const [target] = await this.uow.query<VectorTarget>(LIVE, [documentId]);
    return target;
  }
}
