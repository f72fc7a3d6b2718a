import { Injectable, Logger } from '@nestjs/common';

import { JobQueue, UnitOfWork, type QueueDefinition } from '#libs/database';

import {
  INGEST_DOCUMENT,
  PURGE_COLLECTION,
  PURGE_DOCUMENT,
  type CollectionJob,
  type DocumentJob,
} from '../pipeline/ingestion.queues';

/** Younger ones are left alone: their job may be about to be seen. */
const QUIET_SECONDS = 60;
const AT_ONCE = 500;

const quiet = (column: string): string => `${column} < now() - make_interval(secs => ${QUIET_SECONDS})`;

const UNFINISHED = `
  SELECT d.id FROM document d JOIN collection c ON c.id = d.collection_id AND c.paused_at IS NULL
   WHERE d.status NOT IN ('ready', 'failed') AND d.deleted_at IS NULL
     AND ${quiet('coalesce(d.attempt_at, d.updated_at)')}
   ORDER BY d.updated_at LIMIT ${AT_ONCE}`;
const UNPURGED = `
  SELECT d.id FROM document d JOIN collection c ON c.id = d.collection_id
   WHERE d.deleted_at IS NOT NULL AND ${quiet('d.deleted_at')} AND c.deleted_at IS NULL LIMIT ${AT_ONCE}`;
const UNPURGED_COLLECTIONS = `
  SELECT id FROM collection WHERE deleted_at IS NOT NULL AND ${quiet('deleted_at')} LIMIT ${AT_ONCE}`;

/**
 * Finds what waits for a job that does not exist - the queue gave up, or was emptied by hand - and enqueues it again.
 * A document that brings its worker down every time is ended by `IngestDocument`, which counts.
 */
@Injectable()
export class RecoverDocuments {
  private readonly logger = new Logger(RecoverDocuments.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
  ) {}

  /** @returns number of jobs added */
  async execute(): Promise<number> {
    const documents = await this.recover(UNFINISHED, INGEST_DOCUMENT, (documentId): DocumentJob => ({ documentId }));
    const deleted = await this.recover(UNPURGED, PURGE_DOCUMENT, (documentId): DocumentJob => ({ documentId }));
    const collections = await this.recover(UNPURGED_COLLECTIONS, PURGE_COLLECTION, (collectionId): CollectionJob => ({
      collectionId,
    }));
    const recovered = documents + deleted + collections;
    if (recovered > 0) this.logger.warn({ msg: 'Jobs were lost and are enqueued again', recovered });
    return recovered;
  }

  private async recover<Data extends object>(
    sql: string,
    queue: QueueDefinition<Data>,
    jobOf: (id: string) => Data,
  ): Promise<number> {
    let recovered = 0;
    for (const { id } of await this.uow.query<{ id: string }>(sql)) {
      if (await this.jobs.isPending(queue, id)) continue;
      await this.uow.run(() => this.jobs.enqueue(queue, jobOf(id), { key: id }));
      recovered += 1;
    }
    return recovered;
  }
}
