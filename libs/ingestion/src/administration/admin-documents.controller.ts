import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  runBulk,
  sendExport,
  StaleResourceError,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { DocumentTooLargeError } from '../upload/upload.errors';
import { AdminCreateDocumentDto, AdminUpdateDocumentDto, BulkDocumentsDto } from './admin-document.dto';
import { ADMIN_DOCUMENT_FIELDS } from './admin-document.resource';
import { AdminDocumentView } from './admin-document.view';
import { AdminDocumentsService } from './admin-documents.service';

@ApiTags('Administration')
@Controller('admin/documents')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class AdminDocumentsController {
  constructor(private readonly documents: AdminDocumentsService) {}

  @Get()
  @ApiOperation({ summary: 'All documents of your organization and how their ingestion fares' })
  @ApiList(AdminDocumentView, ADMIN_DOCUMENT_FIELDS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<AdminDocumentView>>> {
    return this.documents.list(caller, query);
  }

  @Get('export')
  @ApiExport(ADMIN_DOCUMENT_FIELDS)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.documents.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Add a text to any collection',
    description:
      'Files come by POST /collections/:id/documents. A text the collection already holds is answered as it is.',
  })
  @ApiCreatedResponse({ type: AdminDocumentView })
  @ApiProblems(ResourceNotFoundError, DocumentTooLargeError)
  create(@CurrentUser() caller: Principal, @Body() document: AdminCreateDocumentDto): Promise<AdminDocumentView> {
    return this.documents.add(caller, document);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete or reindex several documents',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkDocumentsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.documents.act(caller, action, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One document' })
  @ApiOkResponse({ type: AdminDocumentView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminDocumentView> {
    return this.documents.get(caller, id);
  }

  @Post(':id/reindex')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ingest a document again', description: 'What readers see stays until it is done.' })
  @ApiAcceptedResponse({ type: AdminDocumentView })
  @ApiProblems(ResourceNotFoundError)
  reindex(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminDocumentView> {
    return this.documents.reindex(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change the title of a document' })
  @ApiOkResponse({ type: AdminDocumentView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: AdminUpdateDocumentDto,
    @IfMatch() version?: number,
  ): Promise<AdminDocumentView> {
    return this.documents.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a document', description: 'After the 204 no answer can cite it.' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.documents.remove(caller, id, version);
  }
}
