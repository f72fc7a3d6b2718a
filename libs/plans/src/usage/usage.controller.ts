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

import { UsageRecordView } from './usage-record.view';
import { USAGE, UsageService } from './usage.service';

@ApiTags('Administration')
@Controller('admin/usage')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @ApiOperation({
    summary: 'What models were used for, by person, model and day',
    description: 'For sums, ask `/admin/stats/usage`.',
  })
  @ApiList(UsageRecordView, USAGE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<UsageRecordView>>> {
    return this.usage.list(caller, query);
  }

  @Get('export')
  @Audited({ action: 'usage.exported', resource: USAGE.name, apart: true })
  @ApiExport(USAGE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.usage.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'What one person used of one model on one day' })
  @ApiOkResponse({ type: UsageRecordView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<UsageRecordView> {
    return this.usage.get(caller, id);
  }
}
