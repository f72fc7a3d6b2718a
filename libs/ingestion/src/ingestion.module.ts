import { Module } from '@nestjs/common';

import { CollectionData } from './collection/collection-data';
import { CollectionGrants } from './collection/collection-grants';
import { CollectionsController } from './collection/collections.controller';
import { CollectionsService } from './collection/collections.service';
import { GrantsController } from './collection/grants.controller';
import { ChunksController } from './document/chunks.controller';
import { DocumentAccess } from './document/document-access';
import { DocumentsController } from './document/documents.controller';
import { DocumentsService } from './document/documents.service';
import { FollowDocument } from './document/follow-document';
import { ListDocuments } from './document/list-documents';
import { IngestionCoreModule } from './ingestion-core.module';
import { UploadDocuments } from './upload/upload-documents';
import { UploadController } from './upload/upload.controller';

/** Collections and documents over HTTP. Needs HttpModule. Ingestion itself runs where IngestionWorkerModule is. */
@Module({
  imports: [IngestionCoreModule],
  controllers: [CollectionsController, GrantsController, UploadController, ChunksController, DocumentsController],
  providers: [
    CollectionData,
    CollectionsService,
    CollectionGrants,
    DocumentAccess,
    DocumentsService,
    ListDocuments,
    FollowDocument,
    UploadDocuments,
  ],
  exports: [IngestionCoreModule],
})
export class IngestionModule {}
