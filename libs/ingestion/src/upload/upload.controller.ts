import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import {
  Access,
  ApiProblems,
  contentReceived,
  CurrentUser,
  Flagged,
  Idempotent,
  InvalidRequestError,
  RequestContext,
  UuidParam,
  type Principal,
} from '#libs/http';

import { CollectionNotFoundError, CollectionReadOnlyError } from '../collection/collection.errors';
import { AddTextDto } from './add-text.dto';
import { FileStoreUnavailableError } from './file-store.errors';
import { multipartFiles } from './multipart-files';
import { only, textFile } from './text-file';
import { MAX_FILES, UploadBatch, type FileDigest } from './upload-batch';
import { UploadDocuments } from './upload-documents';
import * as errors from './upload.errors';
import { BatchView, toBatchView, UploadView } from './upload.view';

const FILES_SCHEMA = {
  type: 'object',
  required: ['files'],
  properties: { files: { type: 'array', maxItems: MAX_FILES, items: { type: 'string', format: 'binary' } } },
};

@ApiTags('Documents')
@Access('user', { scope: 'documents:write' })
@ApiProblems(CollectionNotFoundError, CollectionReadOnlyError, FileStoreUnavailableError)
@Controller('collections/:id/documents')
export class UploadController {
  constructor(
    private readonly uploads: UploadDocuments,
    private readonly batches: UploadBatch,
    private readonly context: RequestContext,
  ) {}

  @Post()
  @Flagged('document-upload')
  @HttpCode(202)
  @Idempotent({ content: 'streamed' })
  @ApiOperation({
    summary: 'Upload files into a collection',
    description:
      'Each file has its own answer: one that cannot be taken is `rejected` with a `problem`, and keeps no other from being added. A single file that cannot be taken is answered by its problem. When the connection breaks off, no file is kept. The same bytes twice are one document (`duplicateOf`), unless the collection keeps duplicates.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILES_SCHEMA })
  @ApiAcceptedResponse({ type: BatchView })
  @ApiProblems(
    errors.NoFilesError,
    errors.TooManyFilesError,
    errors.DocumentTooLargeError,
    errors.EmptyUploadError,
    errors.UnsupportedUploadError,
    errors.BrokenUploadError,
  )
  async upload(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Req() request: FastifyRequest,
  ): Promise<BatchView> {
    const received = (files: readonly FileDigest[]): Promise<void> => contentReceived(request, files);
    return toBatchView(
      await this.batches.execute(principal, id, multipartFiles(request), received),
      this.context.locale,
    );
  }

  @Post('text')
  @Flagged('document-upload')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Add a text that is in no file' })
  @ApiAcceptedResponse({ type: UploadView })
  @ApiProblems(InvalidRequestError, errors.DocumentTooLargeError)
  async addText(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Body() { title, text }: AddTextDto,
  ): Promise<UploadView> {
    return { items: await this.uploads.execute(principal, id, only(textFile(title, text))) };
  }
}
