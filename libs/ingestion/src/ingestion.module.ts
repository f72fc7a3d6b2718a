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
import { OwnedGrants } from './collection/owned-grants';
import { ChunksController } from './document/chunks.controller';
import { DocumentAccess } from './document/document-access';
import { DocumentsController } from './document/documents.controller';
import { DocumentsService } from './document/documents.service';
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
    AdminScreeningController,
  ],
  providers: [
    CollectionData,
    CollectionsService,
    OwnedGrants,
    AdminCollectionsService,
    AdministeredGrants,
    AdminDocumentsService,
    AdministeredScreening,
    DocumentAccess,
    DocumentsService,
    ListDocuments,
    FollowDocument,
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
