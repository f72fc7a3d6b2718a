import { Controller, Get, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Audited } from '#libs/audit';
import {
  ApiExport,
  ApiList,
  ExportFormatParam,
  ListParams,
  ResourceNotFoundError,
  sendExport,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { DeletionReceiptView } from './deletion-receipt.view';
import { DELETION_RECEIPTS, DeletionReceiptsService } from './deletion-receipts.service';

@ApiTags('Administration')
@Controller('admin/deletion-receipts')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class DeletionReceiptsController {
  constructor(private readonly receipts: DeletionReceiptsService) {}

  @Get()
  @ApiOperation({
    summary: 'What became of deleted documents and collections',
    description:
      'How many passages, vectors and files there were, and how many were counted when their purge was done.',
  })
  @ApiList(DeletionReceiptView, DELETION_RECEIPTS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<DeletionReceiptView>>> {
    return this.receipts.list(caller, query);
  }

  @Get('export')
  @Audited({ action: 'deletion-receipt.exported', resource: DELETION_RECEIPTS.name, apart: true })
  @ApiExport(DELETION_RECEIPTS)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.receipts.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'What became of one of them' })
  @ApiOkResponse({ type: DeletionReceiptView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<DeletionReceiptView> {
    return this.receipts.get(caller, id);
  }
}
