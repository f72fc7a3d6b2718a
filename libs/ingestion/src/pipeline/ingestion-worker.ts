import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { IngestionConfig } from '#libs/config';
import { JobQueue } from '#libs/database';

import { ResumeCollection } from '../collection/resume-collection';
import { ExtractionSandbox } from '../extraction/extraction-sandbox';
import { EmbedChunk } from './embed-chunk';
import { IngestDocument } from './ingest-document';
import { EMBED_CHUNK, INGEST_DOCUMENT, REEMBED_COLLECTION, RESUME_COLLECTION } from './ingestion.queues';
import { ReembedCollection } from './reembed-collection';

/** Makes documents searchable, in the process that includes it. */
@Injectable()
export class IngestionWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly config: IngestionConfig,
    private readonly jobs: JobQueue,
    private readonly ingestDocument: IngestDocument,
    private readonly embedChunk: EmbedChunk,
    private readonly reembedCollection: ReembedCollection,
    private readonly resumeCollection: ResumeCollection,
    private readonly sandbox: ExtractionSandbox,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(INGEST_DOCUMENT, this.config.concurrency, ({ data, signal, retryCount }) =>
      this.ingestDocument.execute(data.documentId, { signal, isLast: retryCount >= INGEST_DOCUMENT.retryLimit }),
    );
    await this.jobs.work(EMBED_CHUNK, 1, ({ data, signal }) => this.embedChunk.execute(data.chunkId, signal));
    await this.jobs.work(RESUME_COLLECTION, 1, ({ data }) => this.resumeCollection.execute(data.collectionId));
    await this.jobs.work(REEMBED_COLLECTION, 1, ({ data, signal }) =>
      this.reembedCollection.execute(data.collectionId, signal),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sandbox.close();
  }
}
