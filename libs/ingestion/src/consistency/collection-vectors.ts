import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';

import { vectorIdOf } from '../pipeline/chunk-ids';
import { spaceOf } from '../pipeline/ingestion-attempt';
import type { GenerationJob } from '../pipeline/ingestion.queues';

export interface CheckedCollection {
  readonly collectionId: string;
  readonly organizationId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
}

interface ChunkRow {
  readonly documentId: string;
  readonly generation: number;
  readonly ordinal: number;
  /** Published before the check began, and live. */
  readonly isLive: boolean;
  /** Older than the live one. A newer one is being written, or waits for somebody to start the document over. */
  readonly isLeftover: boolean;
  readonly expectedChunks: number;
}

export interface VectorComparison {
  readonly chunks: number;
  readonly vectors: number;
  /** Live documents whose chunks are all there while vectors are missing. */
  readonly withoutVectors: ReadonlySet<string>;
  /** Live documents with fewer chunks than they should have. */
  readonly withoutChunks: ReadonlySet<string>;
  readonly leftovers: readonly GenerationJob[];
  readonly orphanIds: readonly string[];
}

const ROWS = `
  SELECT k.document_id AS "documentId", k.generation, k.ordinal, d.chunk_count AS "expectedChunks",
         k.generation = d.generation AND d.deleted_at IS NULL AND d.updated_at < $2 AS "isLive",
         k.generation < d.generation AND d.deleted_at IS NULL AND d.updated_at < $2 AS "isLeftover"
    FROM chunk k JOIN document d ON d.id = k.document_id
   WHERE k.collection_id = $1`;
const EMPTIED = `
  SELECT id FROM document d
   WHERE collection_id = $1 AND deleted_at IS NULL AND updated_at < $2 AND generation > 0
     AND chunk_count <> (SELECT count(*) FROM chunk k WHERE k.document_id = d.id AND k.generation = d.generation)`;

/** Compares the chunk rows of one collection with its vectors, both ways. */
@Injectable()
export class CollectionVectors {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: VectorStore,
  ) {}

  /**
   * Vectors are read first: a vector without a row is then an orphan for certain, because rows are written before
   * vectors and removed after them.
   * @param since changes after this moment are left out: what is in motion is not inconsistent
   */
  async compare(collection: CheckedCollection, since: Date): Promise<VectorComparison> {
    const found = new Set<string>();
    for await (const ids of this.store.listIds(spaceOf(collection))) for (const id of ids) found.add(id);
    const parameters = [collection.collectionId, since];
    const rows = await this.uow.query<ChunkRow>(ROWS, parameters);
    const emptied = await this.uow.query<{ id: string }>(EMPTIED, parameters);
    const known = new Set(rows.map(idOf));
    const withoutChunks = new Set(emptied.map(({ id }) => id));
    const withoutVector = rows.filter(
      (row) => row.isLive && !found.has(idOf(row)) && !withoutChunks.has(row.documentId),
    );
    return {
      chunks: rows.filter(({ isLive }) => isLive).length,
      vectors: found.size,
      withoutVectors: new Set(withoutVector.map(({ documentId }) => documentId)),
      withoutChunks,
      leftovers: generationsOf(rows.filter(({ isLeftover }) => isLeftover)),
      orphanIds: [...found].filter((id) => !known.has(id)),
    };
  }

  async removeOrphans(collection: CheckedCollection, ids: readonly string[]): Promise<void> {
    await this.store.remove(spaceOf(collection), ids);
  }
}

const idOf = ({ documentId, generation, ordinal }: ChunkRow): string => vectorIdOf(documentId, generation, ordinal);

const generationsOf = (rows: readonly ChunkRow[]): GenerationJob[] => {
  const distinct = new Map(
    rows.map(({ documentId, generation }) => [`${documentId}:${generation}`, { documentId, generation }]),
  );
  return [...distinct.values()];
};
