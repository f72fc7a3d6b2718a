import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';

import { vectorIdOf } from './chunk-ids';
import { ChunkTable } from './chunk-table';
import { spaceOf } from './ingestion-attempt';
import { VectorWriter, type VectorTarget } from './vector-writer';

const LIVE = `
  SELECT d.id AS "documentId", d.generation, d.title, c.organization_id AS "organizationId", c.id AS "collectionId",
         c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension"
    FROM document d JOIN collection c ON c.id = d.collection_id AND c.deleted_at IS NULL
   WHERE d.id = $1 AND d.deleted_at IS NULL AND d.generation > 0`;

/**
 * Use case, run as a job: the vectors of a live document are made anew from its chunks. Needs no file, so that a lost vector
 * store comes back from SQL alone, while searches by words go on.
 */
@Injectable()
export class RestoreVectors {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly writer: VectorWriter,
    private readonly chunks: ChunkTable,
    private readonly vectors: VectorStore,
  ) {}

  /** Does nothing for a document that is gone. @throws ModelUnavailableError @throws VectorStoreUnavailableError */
  async execute(documentId: string, signal: AbortSignal): Promise<void> {
    const target = await this.find(documentId);
    if (!target) return;
    const { generation } = target;
    const ordinals = await this.chunks.ordinals(documentId, generation);
    await this.writer.write(target, () => Promise.resolve(), signal);
    const now = await this.find(documentId);
    if (now?.generation === generation) return;
    // Meanwhile deleted or replaced: whoever removed that generation did not know of these vectors.
    const ids = ordinals.map((ordinal) => vectorIdOf(documentId, generation, ordinal));
    await this.vectors.remove(spaceOf(target), ids);
  }

  private async find(documentId: string): Promise<VectorTarget | undefined> {
    const [target] = await this.uow.query<VectorTarget>(LIVE, [documentId]);
    return target;
  }
}
