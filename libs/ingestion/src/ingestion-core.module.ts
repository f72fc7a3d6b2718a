import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { FileStoreConfig, StorageConfig } from '#libs/config';
import { LlmModule } from '#libs/llm';
import { VectorStoreModule } from '#libs/vector-store';

import { CollectionAccess } from './collection/collection-access';
import { CollectionEntity } from './collection/collection.entity';
import { CreateCollection } from './collection/create-collection';
import { DeleteCollection } from './collection/delete-collection';
import { ReadableCollections } from './collection/readable-collections';
import { GrantsRepository } from './collection/grants.repository';
import { CollectionVectors } from './consistency/collection-vectors';
import { CollectionWords } from './consistency/collection-words';
import { ConsistencyCheck } from './consistency/consistency-check';
import { RecoverDocuments } from './consistency/recover-documents';
import { StoredFiles } from './consistency/stored-files';
import { UnusedSpaces } from './consistency/unused-spaces';
import { DeletionLedger } from './deletion/deletion-ledger';
import { DeletionReceiptEntity } from './deletion/deletion-receipt.entity';
import { ChunkEntity } from './document/chunk.entity';
import { CitedDocuments } from './document/cited-documents';
import { DeleteDocument } from './document/delete-document';
import { DocumentContentEntity } from './document/document-content.entity';
import { DocumentQuota } from './document/document-quota';
import { DocumentEntity } from './document/document.entity';
import { ReadableDocuments } from './document/readable-documents';
import { IngestFolder } from './folder/ingest-folder';
import { CancelDocument } from './pipeline/cancel-document';
import { ChunkTable } from './pipeline/chunk-table';
import { GenerationRemover } from './pipeline/generation-remover';
import { IngestionLine } from './pipeline/ingestion-line';
import { QueueDocument } from './pipeline/queue-document';
import { RemoveGeneration } from './pipeline/remove-generation';
import { ReleaseDocument } from './screening/release-document';
import { ScreeningRecords } from './screening/screening-records';
import { configuredFileStore } from './upload/adapters/configured-file-store';
import { FileStore } from './upload/file-store';
import { FileStoreHealthProbe } from './upload/file-store.health-probe';
import { ReceiveFile } from './upload/receive-file';
import { RegisterDocuments } from './upload/register-documents';

const forOthers = [
  ReadableCollections,
  ReadableDocuments,
  CitedDocuments,
  CollectionAccess,
  CreateCollection,
  DeleteCollection,
  DeleteDocument,
  DeletionLedger,
  IngestFolder,
  ConsistencyCheck,
  CancelDocument,
  QueueDocument,
  IngestionLine,
  RecoverDocuments,
  ReceiveFile,
  RegisterDocuments,
  GenerationRemover,
  RemoveGeneration,
  ReleaseDocument,
  ScreeningRecords,
  ChunkTable,
];

/** What the HTTP side, the worker and the commands share: no route, no queue worker. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      CollectionEntity,
      DocumentEntity,
      DocumentContentEntity,
      ChunkEntity,
      DeletionReceiptEntity,
    ]),
    LlmModule,
    VectorStoreModule,
  ],
  providers: [
    ...forOthers,
    GrantsRepository,
    CollectionVectors,
    CollectionWords,
    DocumentQuota,
    StoredFiles,
    UnusedSpaces,
    { provide: FileStore, inject: [FileStoreConfig, StorageConfig], useFactory: configuredFileStore },
    FileStoreHealthProbe,
  ],
  exports: [...forOthers, GrantsRepository, CollectionVectors, DocumentQuota, FileStore, LlmModule, VectorStoreModule],
})
export class IngestionCoreModule {}
