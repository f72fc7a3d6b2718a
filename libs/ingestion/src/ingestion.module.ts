import { Module } from '@nestjs/common';

import { OutboundModule } from '#libs/outbound';

import { AdminCollectionsController } from './administration/admin-collections.controller';
import { AdminCollectionsService } from './administration/admin-collections.service';
import { AdminDocumentsController } from './administration/admin-documents.controller';
import { AdminDocumentsService } from './administration/admin-documents.service';
import { AdminGrantsController } from './administration/admin-grants.controller';
import { AdminScreeningController } from './administration/admin-screening.controller';
import { AdministeredGrants } from './administration/administered-grants';
import { AdministeredScreening } from './administration/administered-screening';
import { CollectionData } from './collection/collection-data';
import { CollectionsController } from './collection/collections.controller';
import { CollectionsService } from './collection/collections.service';
import { GrantsController } from './collection/grants.controller';
import { FindNearDuplicates } from './collection/find-near-duplicates';
import { OwnedGrants } from './collection/owned-grants';
import { ConsistencyController } from './consistency/consistency.controller';
import { InspectConsistency } from './consistency/inspect-consistency';
import { DeletionReceiptsController } from './deletion/deletion-receipts.controller';
import { DeletionReceiptsService } from './deletion/deletion-receipts.service';
import { ChangeEmbeddingModel } from './collection/change-embedding-model';
import { PauseIngestion } from './collection/pause-ingestion';
import { ChunksController } from './document/chunks.controller';
import { DocumentAccess } from './document/document-access';
import { DocumentsController } from './document/documents.controller';
import { DocumentsService } from './document/documents.service';
import { DiagnoseDocument } from './document/diagnose-document';
import { StopIngestion } from './document/stop-ingestion';
import { EditChunk } from './document/edit-chunk';
import { FollowDocument } from './document/follow-document';
import { ListDocuments } from './document/list-documents';
import { IngestionCoreModule } from './ingestion-core.module';
import { BatchesController } from './upload/batches.controller';
import { FollowBatch } from './upload/follow-batch';
import { RegisterBatch } from './upload/register-batch';
import { UploadBatch } from './upload/upload-batch';
import { UploadBatches } from './upload/upload-batches';
import { UploadDocuments } from './upload/upload-documents';
import { UploadController } from './upload/upload.controller';
import { FetchUrl } from './web/fetch-url';
import { UrlController } from './web/url.controller';

/** Collections and documents over HTTP. Needs HttpModule. Ingestion itself runs where IngestionWorkerModule is. */
@Module({
  imports: [IngestionCoreModule, OutboundModule],
  controllers: [
    CollectionsController,
    GrantsController,
    UploadController,
    BatchesController,
    UrlController,
    ChunksController,
    DocumentsController,
    AdminCollectionsController,
    AdminGrantsController,
    AdminDocumentsController,
    DeletionReceiptsController,
    ConsistencyController,
    AdminScreeningController,
  ],
  providers: [
    CollectionData,
    CollectionsService,
    OwnedGrants,
    AdminCollectionsService,
    AdministeredGrants,
    AdminDocumentsService,
    DeletionReceiptsService,
    InspectConsistency,
    AdministeredScreening,
    DocumentAccess,
    DocumentsService,
    ListDocuments,
    FollowDocument,
    EditChunk,
    FindNearDuplicates,
    PauseIngestion,
    ChangeEmbeddingModel,
    StopIngestion,
    DiagnoseDocument,
    UploadDocuments,
    UploadBatch,
    RegisterBatch,
    UploadBatches,
    FollowBatch,
    FetchUrl,
  ],
  exports: [IngestionCoreModule],
})
export class IngestionModule {}
