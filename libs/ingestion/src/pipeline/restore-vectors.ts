import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';

import { vectorIdOf } from './chunk-ids';
import { ChunkTable } from './chunk-table';
import { spaceOf } from './ingestion-attempt';
import { VectorWriter, type VectorTarget } from './vector-writer';
import { WordWriter } from './word-writer';

const LIVE = `
  SELECT d.id AS "documentId", d.generation, d.title, c.organization_id AS "organizationId", c.id AS "collectionId",
         c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension"
    FROM document d JOIN collection c ON c.id = d.collection_id AND c.deleted_at IS NULL
   WHERE d.id = $1 AND d.deleted_at IS NULL AND d.generation > 0`;

/**
 * Use case, run as a job: the words and the vectors of a live document are made anew from its chunks where they are missing.
 * Needs no file, so that a lost vector store comes back from SQL alone.
 */
@Injectable()
export class RestoreVectors {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly writer: VectorWriter,
    private readonly chunks: ChunkTable,
    private readonly vectors: VectorStore,
    private readonly words: WordWriter,
  ) {}

  /** Does nothing for a document that is gone. @throws ModelUnavailableError @throws VectorStoreUnavailableError */
  async execute(documentId: string, signal: AbortSignal): Promise<void> {
    const target = await this.find(documentId);
    if (!target) return;
    const { generation } = target;
    const ordinals = await this.chunks.ordinals(documentId, generation);
    const ids = ordinals.map((ordinal) => vectorIdOf(documentId, generation, ordinal));
    // First: they need no model.
    await this.words.write(target, signal);
    const { size } = await this.vectors.existing(spaceOf(target), ids);
    if (size < ids.length) await this.writer.write(target, () => Promise.resolve(), signal);
    const now = await this.find(documentId);
    if (now?.generation === generation) return;
    // Meanwhile deleted or replaced: whoever removed that generation did not know of these vectors.
    await this.vectors.remove(spaceOf(target), ids);
    await this.words.remove(target, ids);
  }

  private async find(documentId: string): Promise<VectorTarget | undefined> {
    const [target] = await this.uow.query<VectorTarget>(LIVE, [documentId]);
    return target;
  }
}
