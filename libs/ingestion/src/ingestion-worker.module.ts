import { Module } from '@nestjs/common';

import { PurgeCollection } from './collection/purge-collection';
import { PurgeDocument } from './document/purge-document';
import { IngestionCoreModule } from './ingestion-core.module';
import { AttemptLedger } from './pipeline/attempt-ledger';
import { FileReader } from './pipeline/file-reader';
import { IngestDocument } from './pipeline/ingest-document';
import { IngestionWorker } from './pipeline/ingestion-worker';
import { SANDBOX } from './pipeline/sandbox.provider';
import { AdmitDocument } from './screening/admit-document';
import { VectorWriter } from './pipeline/vector-writer';

/** Works on the ingestion queues in the process that includes it. */
@Module({
  imports: [IngestionCoreModule],
  providers: [
    AdmitDocument,
    AttemptLedger,
    SANDBOX,
    FileReader,
    IngestDocument,
    IngestionWorker,
    PurgeCollection,
    PurgeDocument,
    VectorWriter,
  ],
})
export class IngestionWorkerModule {}
