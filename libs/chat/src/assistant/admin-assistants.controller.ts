import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
  DuplicateResourceError,
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
import { ChatModelNotAllowedError } from '#libs/llm';

import { AssistantsService } from './assistants.service';
import { BulkAssistantsDto, CreateAssistantDto, UpdateAssistantDto } from './assistant.dto';
import { ASSISTANT } from './assistant.resource';
import { AdminAssistantView } from './assistant.view';

@ApiTags('Administration')
@Controller('admin/assistants')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class AdminAssistantsController {
  constructor(private readonly assistants: AssistantsService) {}

  @Get()
  @ApiOperation({ summary: 'The assistants of your organization' })
  @ApiList(AdminAssistantView, ASSISTANT)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<AdminAssistantView>>> {
    return this.assistants.list(caller, query);
  }

  @Get('export')
  @ApiExport(ASSISTANT)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.assistants.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Prepare an assistant' })
  @ApiCreatedResponse({ type: AdminAssistantView })
  @ApiProblems(ResourceNotFoundError, DuplicateResourceError, ChatModelNotAllowedError)
  create(@CurrentUser() caller: Principal, @Body() assistant: CreateAssistantDto): Promise<AdminAssistantView> {
    return this.assistants.create(caller, assistant);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Enable, disable or delete several',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkAssistantsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.assistants.act(caller, action, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One assistant' })
  @ApiOkResponse({ type: AdminAssistantView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminAssistantView> {
    return this.assistants.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an assistant; counts from the next question on' })
  @ApiOkResponse({ type: AdminAssistantView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, DuplicateResourceError, ChatModelNotAllowedError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateAssistantDto,
    @IfMatch() version?: number,
  ): Promise<AdminAssistantView> {
    return this.assistants.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an assistant; conversations go on without it' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.assistants.remove(caller, id, version);
  }
}
