import { Controller, Delete, Get, HttpCode, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Audited } from '#libs/audit';
import {
  ApiExport,
  ApiList,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  sendExport,
  StaleResourceError,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { DISCLOSURES } from './disclosure.resource';
import { DisclosureView } from './disclosure.view';
import { DisclosuresService } from './disclosures.service';

@ApiTags('Administration')
@Controller('admin/disclosures')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class DisclosuresController {
  constructor(private readonly disclosures: DisclosuresService) {}

  @Get()
  @ApiOperation({ summary: 'Which private conversations were opened, by whom and why' })
  @ApiList(DisclosureView, DISCLOSURES)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<DisclosureView>>> {
    return this.disclosures.list(caller, query);
  }

  @Get('export')
  @Audited({ action: 'disclosure.exported', resource: DISCLOSURES.name, apart: true })
  @ApiExport(DISCLOSURES)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.disclosures.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One disclosure' })
  @ApiOkResponse({ type: DisclosureView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<DisclosureView> {
    return this.disclosures.get(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Seal a conversation again before the time is over', description: 'What happened stays.' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  end(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.disclosures.end(caller, id, version);
  }
}
