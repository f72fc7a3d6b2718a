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
  UuidParam,
  type Principal,
} from '#libs/http';

import { CollectionNotFoundError, CollectionReadOnlyError } from '../collection/collection.errors';
import { AddTextDto } from './add-text.dto';
import { FileStoreUnavailableError } from './file-store.errors';
import { multipartFiles } from './multipart-files';
import { only, textFile } from './text-file';
import { MAX_FILES, UploadDocuments, type FileDigest } from './upload-documents';
import * as errors from './upload.errors';
import { UploadView } from './upload.view';

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
  constructor(private readonly uploads: UploadDocuments) {}

  @Post()
  @Flagged('document-upload')
  @HttpCode(202)
  @Idempotent({ content: 'streamed' })
  @ApiOperation({
    summary: 'Upload files into a collection',
    description:
      'All or nothing: when one file cannot be taken, none is kept and the problem names it. The same bytes twice in a collection are one document: `duplicateOf`.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILES_SCHEMA })
  @ApiAcceptedResponse({ type: UploadView })
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
  ): Promise<UploadView> {
    const received = (files: readonly FileDigest[]): Promise<void> => contentReceived(request, files);
    return { items: await this.uploads.execute(principal, id, multipartFiles(request), received) };
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
