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

import { AdminMessageView } from './admin-message.view';
import { ADMIN_MESSAGES, AdminMessagesService } from './admin-messages.service';

const resource = ADMIN_MESSAGES.name;

@ApiTags('Administration')
@Controller('admin/messages')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class AdminMessagesController {
  constructor(private readonly messages: AdminMessagesService) {}

  @Get()
  @Audited({ action: 'message.listed', resource, apart: true })
  @ApiOperation({ summary: 'How the messages of your organization fared; never what they say' })
  @ApiList(AdminMessageView, ADMIN_MESSAGES)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<AdminMessageView>>> {
    return this.messages.list(caller, query);
  }

  @Get('export')
  @Audited({ action: 'message.exported', resource, apart: true })
  @ApiExport(ADMIN_MESSAGES)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.messages.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'How one message fared' })
  @ApiOkResponse({ type: AdminMessageView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminMessageView> {
    return this.messages.get(caller, id);
  }
}
