import { Module } from '@nestjs/common';

import { PurgeCollection } from './collection/purge-collection';
import { ResumeCollection } from './collection/resume-collection';
import { PurgeDocument } from './document/purge-document';
import { Reconciler } from './consistency/reconciler';
import { UpkeepWorker } from './consistency/upkeep-worker';
import { IngestionCoreModule } from './ingestion-core.module';
import { AttemptLedger } from './pipeline/attempt-ledger';
import { DropSpace } from './pipeline/drop-space';
import { ReembedCollection } from './pipeline/reembed-collection';
import { EmbeddingUsage } from './pipeline/embedding-usage';
import { EmbedChunk } from './pipeline/embed-chunk';
import { FileReader } from './pipeline/file-reader';
import { IngestDocument } from './pipeline/ingest-document';
import { IngestionWorker } from './pipeline/ingestion-worker';
import { RemovalWorker } from './pipeline/removal-worker';
import { LiveGeneration } from './pipeline/live-generation';
import { RestoreVectors } from './pipeline/restore-vectors';
import { RestoreWords } from './pipeline/restore-words';
import { SANDBOX } from './pipeline/sandbox.provider';
import { AdmitDocument } from './screening/admit-document';
import { VectorWriter } from './pipeline/vector-writer';
import { WordWriter } from './pipeline/word-writer';

/** Works on the ingestion queues in the process that includes it. */
@Module({
  imports: [IngestionCoreModule],
  providers: [
    AdmitDocument,
    AttemptLedger,
    SANDBOX,
    ReembedCollection,
    DropSpace,
    ResumeCollection,
    Reconciler,
    EmbedChunk,
    LiveGeneration,
    RestoreVectors,
    RestoreWords,
    FileReader,
    IngestDocument,
    IngestionWorker,
    PurgeCollection,
    PurgeDocument,
    RemovalWorker,
    UpkeepWorker,
    EmbeddingUsage,
    VectorWriter,
    WordWriter,
  ],
})
export class IngestionWorkerModule {}
