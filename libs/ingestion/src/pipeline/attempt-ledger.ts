import { Injectable } from '@nestjs/common';

import { DomainEvents, JobQueue, UnitOfWork } from '#libs/database';
import { Ids, type DomainError } from '#libs/kernel';

import type { DocumentStatus } from '../document/document-status';
import { AttemptLostError, ModelLeftError, nextGeneration, type IngestionAttempt } from './ingestion-attempt';
import { EmbeddingUsage } from './embedding-usage';
import { REMOVE_GENERATION } from './ingestion.queues';

/** What a finished ingestion shows to readers. */
export interface PublishedDocument {
  readonly title: string;
  readonly language: string;
  /** Null for formats without pages. */
  readonly pageCount: number | null;
  readonly chunkCount: number;
  /** Of all chunks, as estimated when they were cut. */
  readonly tokenCount: number;
}

interface CollectionState {
  readonly revision: string;
  readonly embeddingModel: string;
}

const CLAIM = `
  UPDATE document d
     SET attempt_id = $2, attempt_at = now(), attempts = attempts + 1, updated_at = now(),
         status = 'extracting', progress = 0
    FROM collection c
   WHERE d.id = $1 AND c.id = d.collection_id AND d.deleted_at IS NULL AND c.deleted_at IS NULL
     AND c.paused_at IS NULL
     AND d.status NOT IN ('ready', 'failed')
  RETURNING d.attempt_id AS id, d.id AS "documentId", d.organization_id AS "organizationId",
            d.collection_id AS "collectionId", d.uploaded_by AS "uploadedBy", d.filename, d.title,
            d.title_given AS "titleGiven", d.source_url AS "sourceUrl", d.storage_key AS "storageKey",
            c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension",
            c.chunking, d.generation AS "liveGeneration", d.attempts`;

/** Every write of an attempt is fenced by its id: a worker that was given up for dead can do no harm when it wakes. */
const MINE = `id = $1 AND attempt_id = $2 AND deleted_at IS NULL`;
const ENDED = `attempt_id = NULL, attempt_at = NULL, updated_at = now()`;

/** The document row, as the attempts to ingest it see it. */
@Injectable()
export class AttemptLedger {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly ids: Ids,
    private readonly events: DomainEvents,
    private readonly usage: EmbeddingUsage,
  ) {}

  /** Takes the document over, from a dead attempt too. Undefined when it is gone, paused, or nothing is to be done. */
  async claim(documentId: string): Promise<IngestionAttempt | undefined> {
    const [attempt] = await this.uow.query<IngestionAttempt>(CLAIM, [documentId, this.ids.next()]);
    return attempt;
  }

  /** @throws AttemptLostError */
  async advance(attempt: IngestionAttempt, status: DocumentStatus, progress: number): Promise<void> {
    await this.update(attempt, `status = $3, progress = $4, attempt_at = now(), updated_at = now()`, [
      status,
      progress,
    ]);
  }

  /** A sign of life, for steps without progress to tell. @throws AttemptLostError */
  async beat(attempt: IngestionAttempt): Promise<void> {
    await this.update(attempt, `attempt_at = now()`, []);
  }

  /**
   * Makes the new generation the one readers see, in one transaction with the collection's new revision and the job
   * that removes the former generation.
   * @throws AttemptLostError
   */
  async publish(attempt: IngestionAttempt, document: PublishedDocument): Promise<void> {
    await this.uow.run(async () => {
      const { revision, embeddingModel } = await this.nextRevision(attempt.collectionId);
      // Vectors of a model the collection has left would never be found: the attempt begins again, by the new one.
      if (embeddingModel !== attempt.embeddingModel) throw new ModelLeftError();
      const { title, language, pageCount, chunkCount } = document;
      await this.update(
        attempt,
        `status = 'ready', progress = 1, failure_code = NULL, failure_details = NULL, attempts = 0, ${ENDED},
         generation = $3, revision = $4, title = $5, language = $6, page_count = $7, chunk_count = $8`,
        [nextGeneration(attempt), revision, title, language, pageCount, chunkCount],
      );
      await this.events.publish({ type: 'document.ready', ...subject(attempt, { chunkCount }) });
      await this.usage.record(attempt, document.tokenCount);
      await this.removeFormer(attempt);
    });
  }

  /**
   * Ends the attempt with nothing of the document left to readers, not even what they saw of it before.
   * @throws AttemptLostError
   */
  async withdraw(attempt: IngestionAttempt, { code, details }: DomainError): Promise<void> {
    await this.uow.run(async () => {
      const { revision } = await this.nextRevision(attempt.collectionId);
      await this.update(
        attempt,
        `status = 'failed', failure_code = $3, failure_details = $4, chunk_count = 0, ${ENDED},
         generation = $5, revision = $6`,
        [code, JSON.stringify(details), nextGeneration(attempt), revision],
      );
      await this.events.publish({ type: 'document.failed', ...subject(attempt, { failureCode: code }) });
      await this.removeFormer(attempt);
    });
  }

  /** Another attempt will come; until then people see that it waits, and why. */
  async postpone(attempt: IngestionAttempt, reason: DomainError | undefined): Promise<void> {
    await this.end(attempt, 'queued', reason);
  }

  async fail(attempt: IngestionAttempt, reason: DomainError): Promise<void> {
    await this.uow.run(async () => {
      if (!(await this.end(attempt, 'failed', reason))) return;
      await this.events.publish({ type: 'document.failed', ...subject(attempt, { failureCode: reason.code }) });
    });
  }

  /** Says that nothing is written any more, whoever owns the document now: a purge waits for this. */
  async release({ documentId, id }: IngestionAttempt): Promise<void> {
    await this.uow.query(`UPDATE document SET ${ENDED} WHERE id = $1 AND attempt_id = $2`, [documentId, id]);
  }

  /** @returns whether the attempt still had the document */
  private async end(
    { documentId, id }: IngestionAttempt,
    status: DocumentStatus,
    reason: DomainError | undefined,
  ): Promise<boolean> {
    const rows = await this.uow.query(
      `UPDATE document SET status = $3, failure_code = $4, failure_details = $5, ${ENDED} WHERE ${MINE} RETURNING id`,
      [documentId, id, status, reason?.code ?? null, reason ? JSON.stringify(reason.details) : null],
    );
    return rows.length > 0;
  }

  private async removeFormer({ documentId, liveGeneration: generation }: IngestionAttempt): Promise<void> {
    if (generation > 0) await this.jobs.enqueue(REMOVE_GENERATION, { documentId, generation }, { key: documentId });
  }

  private async update({ documentId, id }: IngestionAttempt, set: string, values: readonly unknown[]): Promise<void> {
    const rows = await this.uow.query(`UPDATE document SET ${set} WHERE ${MINE} RETURNING id`, [
      documentId,
      id,
      ...values,
    ]);
    if (rows.length === 0) throw new AttemptLostError();
  }

  /** The collection's row is locked before the document's, here as in every deletion: no two can wait for each other. */
  private async nextRevision(collectionId: string): Promise<CollectionState> {
    const [row] = await this.uow.query<CollectionState>(
      `UPDATE collection SET revision = revision + 1 WHERE id = $1 AND deleted_at IS NULL
       RETURNING revision, embedding_model AS "embeddingModel"`,
      [collectionId],
    );
    if (!row) throw new AttemptLostError();
    return row;
  }
}

const subject = <Rest extends object>({ organizationId, documentId, collectionId }: IngestionAttempt, rest: Rest) => ({
  organizationId,
  data: { documentId, collectionId, ...rest },
});
