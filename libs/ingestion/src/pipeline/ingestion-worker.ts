import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { IngestionConfig } from '#libs/config';
import { JobQueue } from '#libs/database';

import { PurgeCollection } from '../collection/purge-collection';
import { ResumeCollection } from '../collection/resume-collection';
import { Reconciler, RECONCILE } from '../consistency/reconciler';
import { RecoverDocuments } from '../consistency/recover-documents';
import { PurgeDocument } from '../document/purge-document';
import { ExtractionSandbox } from '../extraction/extraction-sandbox';
import { DropSpace } from './drop-space';
import { EmbedChunk } from './embed-chunk';
import { IngestDocument } from './ingest-document';
import {
  DROP_SPACE,
  EMBED_CHUNK,
  INGEST_DOCUMENT,
  PURGE_COLLECTION,
  PURGE_DOCUMENT,
  REEMBED_COLLECTION,
  REMOVE_GENERATION,
  RESTORE_VECTORS,
  RESUME_COLLECTION,
} from './ingestion.queues';
import { ReembedCollection } from './reembed-collection';
import { RemoveGeneration } from './remove-generation';
import { RestoreVectors } from './restore-vectors';

/** Removals are short and mostly wait for the vector store. */
const REMOVALS_AT_ONCE = 1;
/** Milliseconds between two looks for documents that no job will take further. */
const RECOVERY_EVERY_MS = 60_000;

/** Works on the queues of this library in the process that includes it. */
@Injectable()
export class IngestionWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(IngestionWorker.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: IngestionConfig,
    private readonly jobs: JobQueue,
    private readonly ingestDocument: IngestDocument,
    private readonly removeGeneration: RemoveGeneration,
    private readonly purgeDocument: PurgeDocument,
    private readonly purgeCollection: PurgeCollection,
    private readonly recoverDocuments: RecoverDocuments,
    private readonly embedChunk: EmbedChunk,
    private readonly restoreVectors: RestoreVectors,
    private readonly reconciler: Reconciler,
    private readonly reembedCollection: ReembedCollection,
    private readonly dropSpace: DropSpace,
    private readonly resumeCollection: ResumeCollection,
    private readonly sandbox: ExtractionSandbox,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(INGEST_DOCUMENT, this.config.concurrency, ({ data, signal, retryCount }) =>
      this.ingestDocument.execute(data.documentId, { signal, isLast: retryCount >= INGEST_DOCUMENT.retryLimit }),
    );
    await this.jobs.work(EMBED_CHUNK, 1, ({ data, signal }) => this.embedChunk.execute(data.chunkId, signal));
    await this.jobs.work(RESTORE_VECTORS, 1, ({ data, signal }) =>
      this.restoreVectors.execute(data.documentId, signal),
    );
    await this.jobs.work(REMOVE_GENERATION, REMOVALS_AT_ONCE, ({ data }) => this.removeGeneration.execute(data));
    await this.jobs.work(PURGE_DOCUMENT, REMOVALS_AT_ONCE, ({ data }) => this.purgeDocument.execute(data.documentId));
    await this.jobs.work(PURGE_COLLECTION, REMOVALS_AT_ONCE, ({ data }) =>
      this.purgeCollection.execute(data.collectionId),
    );
    await this.jobs.work(RESUME_COLLECTION, 1, ({ data }) => this.resumeCollection.execute(data.collectionId));
    await this.jobs.work(REEMBED_COLLECTION, 1, ({ data, signal }) =>
      this.reembedCollection.execute(data.collectionId, signal),
    );
    await this.jobs.work(DROP_SPACE, REMOVALS_AT_ONCE, ({ data }) => this.dropSpace.execute(data));
    await this.jobs.work(RECONCILE, 1, () => this.reconciler.execute());
    this.timer = setInterval(() => this.recover(), RECOVERY_EVERY_MS);
    this.recover();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sandbox.close();
  }

  /** Beside the start, not before it. What fails now may succeed in the next round. */
  private recover(): void {
    const round = Promise.all([this.recoverDocuments.execute(), this.reconciler.schedule()]);
    round.catch((error: unknown) => this.logger.error(error));
  }
}
