import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  Access,
  ApiProblems,
  CurrentUser,
  Flagged,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';

import { CollectionNotFoundError, CollectionReadOnlyError } from '../collection/collection.errors';
import { FileStoreUnavailableError } from '../upload/file-store.errors';
import { UploadDocuments } from '../upload/upload-documents';
import { DocumentTooLargeError, EmptyUploadError, UnsupportedUploadError } from '../upload/upload.errors';
import { UploadView } from '../upload/upload.view';
import { AddUrlDto } from './add-url.dto';
import { FetchUrl } from './fetch-url';
import * as errors from './url.errors';

@ApiTags('Documents')
@Controller('collections/:id/documents/url')
export class UrlController {
  constructor(
    private readonly uploads: UploadDocuments,
    private readonly fetching: FetchUrl,
  ) {}

  @Post()
  @Access('user', { scope: 'documents:write' })
  @Flagged('document-upload')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Add what is at an address of the web',
    description:
      'Fetched once, within seconds, and kept as it came. Of a page the article becomes text, without menus and banners; files of other formats are read as if they were uploaded. The same bytes twice in a collection are one document: `duplicateOf`.',
  })
  @ApiAcceptedResponse({ type: UploadView })
  @ApiProblems(CollectionNotFoundError, CollectionReadOnlyError, InvalidRequestError)
  @ApiProblems(DocumentTooLargeError, EmptyUploadError, UnsupportedUploadError, FileStoreUnavailableError)
  @ApiProblems(
    errors.UrlNotAllowedError,
    errors.UrlUnreachableError,
    errors.UrlTooLargeError,
    errors.UrlTimeoutError,
    errors.UrlStatusError,
    errors.UrlBusyError,
  )
  async addUrl(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Body() body: AddUrlDto,
  ): Promise<UploadView> {
    return { items: await this.uploads.execute(principal, id, this.fetching.execute(principal, body)) };
  }
}
