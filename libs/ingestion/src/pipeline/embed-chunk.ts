import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { EmbeddingModels } from '#libs/llm';
import { VectorStore } from '#libs/vector-store';

import { embeddingText } from '../chunking/embedding-text';
import { vectorIdOf } from './chunk-ids';
import { spaceOf } from './ingestion-attempt';
import { WordWriter } from './word-writer';

interface Row {
  readonly documentId: string;
  readonly generation: number;
  readonly ordinal: number;
  readonly title: string;
  readonly headingPath: readonly string[];
  readonly text: string;
  readonly language: string;
  readonly isDisabled: boolean;
  readonly organizationId: string;
  readonly collectionId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
}

const LIVE_CHUNK = `
  SELECT k.document_id AS "documentId", k.generation, k.ordinal, d.title, k.heading_path AS "headingPath",
         coalesce(k.search_text, k.text) AS text, k.language, k.is_disabled AS "isDisabled",
         c.organization_id AS "organizationId", c.id AS "collectionId",
         c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension"
    FROM chunk k
    JOIN document d ON d.id = k.document_id AND d.generation = k.generation AND d.deleted_at IS NULL
    JOIN collection c ON c.id = d.collection_id AND c.deleted_at IS NULL
   WHERE k.id = $1`;

/** Use case, run as a job: makes the vector of one live chunk anew, and what its words are found by. */
@Injectable()
export class EmbedChunk {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly models: EmbeddingModels,
    private readonly vectors: VectorStore,
    private readonly words: WordWriter,
  ) {}

  /** Does nothing for a chunk that is no longer live. @throws ModelUnavailableError @throws VectorStoreUnavailableError */
  async execute(chunkId: string, signal: AbortSignal): Promise<void> {
    const row = await this.find(chunkId);
    if (!row) return;
    await this.words.writeOne(row, row);
    const text = embeddingText(row.title, row);
    const [vector] = await this.models.byId(row.embeddingModel).embed([text], 'document', signal);
    if (!vector) throw new Error(`The model ${row.embeddingModel} returned no vector`);
    const id = vectorIdOf(row.documentId, row.generation, row.ordinal);
    await this.vectors.upsert(spaceOf(row), [{ id, vector }]);
    // Its generation may have gone meanwhile, with the rows that lead to its vectors.
    if (await this.find(chunkId)) return;
    await this.vectors.remove(spaceOf(row), [id]);
    await this.words.remove(row, [id]);
  }

  private async find(chunkId: string): Promise<Row | undefined> {
    const [row] = await this.uow.query<Row>(LIVE_CHUNK, [chunkId]);
    return row;
  }
}
