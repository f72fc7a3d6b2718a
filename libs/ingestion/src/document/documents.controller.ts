import { Controller, Delete, Get, HttpCode, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Audited } from '#libs/audit';
import { ApiList, ListParams, type ListQuery } from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Flagged,
  InvalidRequestError,
  LongLived,
  RequestContext,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { CollectionReadOnlyError, DownloadForbiddenError } from '../collection/collection.errors';
import { FileStoreUnavailableError } from '../upload/file-store.errors';
import { attachmentDisposition } from './content-disposition';
import { DeleteDocumentDto } from './delete-document.dto';
import { DiagnoseDocument } from './diagnose-document';
import { DiagnosisView } from './diagnosis.view';
import { DocumentContentView } from './document-content.view';
import { DocumentNotFoundError, DocumentNotReadyError, StoredFileMissingError } from './document.errors';
import { DOCUMENT_FIELDS } from './document.resource';
import { DocumentView } from './document.view';
import { DocumentsService } from './documents.service';
import { FollowDocument } from './follow-document';
import { ListDocuments } from './list-documents';
import { sendChanges } from './send-changes';
import { StopIngestion } from './stop-ingestion';

const EVENT_EXAMPLE =
  'id: 1\nevent: status\ndata: {"id":"0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10","status":"embedding","progress":0.4}\n\n';

@ApiTags('Documents')
@Access('user', { scope: 'documents:read' })
@ApiProblems(DocumentNotFoundError)
@Controller('documents')
export class DocumentsController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly listing: ListDocuments,
    private readonly following: FollowDocument,
    private readonly diagnosing: DiagnoseDocument,
    private readonly stopping: StopIngestion,
    private readonly context: RequestContext,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The documents you may read', description: 'For one collection: `filter[collectionId]`.' })
  @ApiList(DocumentView, DOCUMENT_FIELDS)
  list(
    @CurrentUser() principal: Principal,
    @ListParams() query: ListQuery,
  ): Promise<Page<DocumentView | Partial<DocumentView>>> {
    return this.listing.execute(principal, query, this.context.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One document and how far its ingestion has come' })
  @ApiOkResponse({ type: DocumentView })
  get(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<DocumentView> {
    return this.documents.get(principal, id, this.context.locale);
  }

  @Get(':id/events')
  @LongLived()
  @ApiOperation({
    summary: 'Follow the ingestion as server-sent events',
    description:
      'The first `status` event is the present state, then one for each change of status or progress; the stream ends with `ready` or `failed`. Its data is the document as GET /documents/:id answers it.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' }, example: EVENT_EXAMPLE } } })
  async events(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { locale } = this.context;
    await this.documents.get(principal, id, locale); // a 404 is a problem, not a stream
    await sendChanges(reply, request, 'status', (closed) => this.following.execute(principal, id, locale, closed));
  }

  @Get(':id/content')
  @ApiOperation({ summary: 'The extracted text that every offset refers to' })
  @ApiOkResponse({ type: DocumentContentView })
  @ApiProblems(DocumentNotReadyError, DownloadForbiddenError)
  content(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<DocumentContentView> {
    return this.documents.content(principal, id);
  }

  @Get(':id/file')
  @Flagged('document-download')
  @Audited({ action: 'document.downloaded', resource: 'document', apart: true })
  @ApiOperation({ summary: 'The original, as it was uploaded' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems(StoredFileMissingError, DownloadForbiddenError, FileStoreUnavailableError)
  async file(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { content, filename, mediaType, sizeBytes } = await this.documents.file(principal, id);
    const disposition = attachmentDisposition(filename);
    void reply.headers({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
    });
    return new StreamableFile(content, { type: mediaType, disposition, length: sizeBytes });
  }

  @Post(':id/reindex')
  @Access('user', { scope: 'documents:write' })
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ingest the file again',
    description: 'What can be found stays as it is until the new chunks are complete. One that is on its way goes on.',
  })
  @ApiAcceptedResponse({ type: DocumentView })
  @ApiProblems(CollectionReadOnlyError)
  reindex(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<DocumentView> {
    return this.documents.reindex(principal, id, this.context.locale);
  }

  @Get(':id/diagnosis')
  @ApiOperation({
    summary: 'Why the document is where it is',
    description: 'In words: what it waits for, when the next attempt is due, and what one can do.',
  })
  @ApiOkResponse({ type: DiagnosisView })
  diagnosis(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<DiagnosisView> {
    return this.diagnosing.execute(principal, id, this.context.locale);
  }

  @Post(':id/cancel')
  @Access('user', { scope: 'documents:write' })
  @HttpCode(202)
  @ApiOperation({
    summary: 'End the ingestion of a document',
    description:
      'Whether it waits or is at work. What could be found before stays and is `ready` again; a document that was never ready is `failed` and can be ingested again.',
  })
  @ApiAcceptedResponse({ type: DocumentView })
  @ApiProblems(CollectionReadOnlyError)
  cancel(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<DocumentView> {
    return this.stopping.execute(principal, id, this.context.locale);
  }

  @Delete(':id')
  @Access('user', { scope: 'documents:write' })
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a document', description: 'After the 204 no answer can cite it.' })
  @ApiNoContentResponse()
  @ApiProblems(CollectionReadOnlyError, InvalidRequestError)
  remove(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Query() options: DeleteDocumentDto,
  ): Promise<void> {
    return this.documents.remove(principal, id, options);
  }
}
