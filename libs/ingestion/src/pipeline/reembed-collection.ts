import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';

import { CollectionVectors } from '../consistency/collection-vectors';
import { spaceOf, type EmbeddedCollection } from './ingestion-attempt';
import { EmbeddingUsage } from './embedding-usage';
import { DROP_SPACE, spaceKey } from './ingestion.queues';
import { VectorWriter } from './vector-writer';

interface Move extends EmbeddedCollection {
  readonly nextModel: string;
  readonly nextDimension: number;
}

interface LiveDocument {
  readonly documentId: string;
  readonly generation: number;
  readonly title: string;
  readonly revision: string;
  readonly uploadedBy: string | null;
  /** Of all its chunks. */
  readonly tokenCount: number;
}

const DOCUMENTS_AT_ONCE = 100;
/** Below every revision. */
const BEFORE_ALL = '-1';

const MOVE = `
  SELECT id AS "collectionId", organization_id AS "organizationId", embedding_model AS "embeddingModel",
         embedding_dimension AS "embeddingDimension", next_embedding_model AS "nextModel", next_embedding_dimension AS "nextDimension"
    FROM collection WHERE id = $1 AND next_embedding_model IS NOT NULL AND deleted_at IS NULL`;
/** In the order of their visible changes: what changes meanwhile comes again, behind the cursor. */
const CHANGED_DOCUMENTS = `
  SELECT id AS "documentId", generation, title, revision, uploaded_by AS "uploadedBy",
         (SELECT coalesce(sum(token_count), 0)::int FROM chunk k
           WHERE k.document_id = document.id AND k.generation = document.generation) AS "tokenCount"
    FROM document
   WHERE collection_id = $1 AND deleted_at IS NULL AND generation > 0 AND revision > $2::bigint
   ORDER BY revision, id LIMIT ${String(DOCUMENTS_AT_ONCE)}`;
/** The row lock holds back every change of a document meanwhile. */
const SWITCH = `
  UPDATE collection c
     SET embedding_model = next_embedding_model, embedding_dimension = next_embedding_dimension, next_embedding_model = NULL,
         next_embedding_dimension = NULL, updated_at = now(), version = version + 1
   WHERE c.id = $1 AND c.next_embedding_model = $2 AND c.deleted_at IS NULL
     AND NOT EXISTS (SELECT FROM document d WHERE d.collection_id = c.id AND d.deleted_at IS NULL AND d.generation > 0
                        AND d.revision > $3::bigint)
  RETURNING c.id`;

/**
 * Use case, run as a job: makes the vectors of a collection by its next model beside the live ones, then one commit makes
 * readers use them. Chunks stay as they are. An attempt that was embedding by the former model begins again.
 */
@Injectable()
export class ReembedCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly writer: VectorWriter,
    private readonly vectors: VectorStore,
    private readonly comparison: CollectionVectors,
    private readonly usage: EmbeddingUsage,
  ) {}

  /** Does nothing for a collection that does not move. @throws ModelUnavailableError @throws VectorStoreUnavailableError */
  async execute(collectionId: string, signal: AbortSignal): Promise<void> {
    const [move] = await this.uow.query<Move>(MOVE, [collectionId]);
    if (!move) return;
    const next = { ...move, embeddingModel: move.nextModel, embeddingDimension: move.nextDimension };
    await this.vectors.ensureSpace(spaceOf(next));
    let cursor = BEFORE_ALL;
    while (!(await this.switchOver(move, cursor))) {
      const documents = await this.uow.query<LiveDocument>(CHANGED_DOCUMENTS, [collectionId, cursor]);
      for (const document of documents) {
        await this.embed({ ...next, ...document }, signal);
        cursor = document.revision;
      }
      // Neither a document nor a switch: the collection was deleted, or sent to yet another model.
      if (documents.length === 0 && !(await this.isStillMoving(move))) return;
    }
    await this.removeWhatWentMeanwhile(next);
  }

  /** Counted as it happens: what a crash makes again was asked of the model twice. */
  private async embed(document: LiveDocument & EmbeddedCollection, signal: AbortSignal): Promise<void> {
    await this.writer.write(document, () => Promise.resolve(), signal);
    await this.uow.run(() => this.usage.record(document, document.tokenCount));
  }

  /** @returns whether readers use the next model now */
  private switchOver(move: Move, cursor: string): Promise<boolean> {
    const { organizationId, collectionId, embeddingModel, embeddingDimension } = move;
    return this.uow.run(async () => {
      await this.uow.query(`SELECT id FROM collection WHERE id = $1 FOR UPDATE`, [collectionId]);
      const switched = await this.uow.query(SWITCH, [collectionId, move.nextModel, cursor]);
      if (switched.length === 0) return false;
      const former = { organizationId, collectionId, embeddingModel, embeddingDimension };
      await this.jobs.enqueue(DROP_SPACE, former, { key: spaceKey(former) });
      return true;
    });
  }

  private async isStillMoving({ collectionId, nextModel }: Move): Promise<boolean> {
    const [now] = await this.uow.query<Move>(MOVE, [collectionId]);
    return now?.nextModel === nextModel;
  }

  /** Deletions and reindexings removed vectors of the former model only. */
  private async removeWhatWentMeanwhile(collection: EmbeddedCollection): Promise<void> {
    const { orphanIds } = await this.comparison.compare(collection, new Date(0));
    if (orphanIds.length > 0) await this.comparison.removeOrphans(collection, orphanIds);
  }
}
