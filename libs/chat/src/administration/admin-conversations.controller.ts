import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Audited } from '#libs/audit';
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

import { ConversationSealedError } from '../chat.errors';
import { BreakGlassDto } from '../disclosure/break-glass.dto';
import { DisclosureView } from '../disclosure/disclosure.view';
import { MESSAGES } from '../message/message.resource';
import { MessageView } from '../message/message.view';
import { AdminCreateConversationDto, AdminUpdateConversationDto, BulkConversationsDto } from './admin-conversation.dto';
import { ADMIN_CONVERSATIONS } from './admin-conversation.resource';
import { AdminConversationView } from './admin-conversation.view';
import { AdminConversationsService } from './admin-conversations.service';

const resource = ADMIN_CONVERSATIONS.name;

@ApiTags('Administration')
@Controller('admin/conversations')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class AdminConversationsController {
  constructor(private readonly conversations: AdminConversationsService) {}

  @Get()
  @Audited({ action: 'conversation.listed', resource, apart: true })
  @ApiOperation({ summary: 'The conversations of your organization: whose and when, never what they say' })
  @ApiList(AdminConversationView, ADMIN_CONVERSATIONS)
  list(
    @CurrentUser() caller: Principal,
    @ListParams() query: ListQuery,
  ): Promise<Page<Partial<AdminConversationView>>> {
    return this.conversations.list(caller, query);
  }

  @Get('export')
  @ApiExport(ADMIN_CONVERSATIONS)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.conversations.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Begin a conversation for a user' })
  @ApiCreatedResponse({ type: AdminConversationView })
  @ApiProblems(ResourceNotFoundError)
  create(
    @CurrentUser() caller: Principal,
    @Body() conversation: AdminCreateConversationDto,
  ): Promise<AdminConversationView> {
    return this.conversations.create(caller, conversation);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete several conversations',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { ids }: BulkConversationsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.conversations.remove(caller, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One conversation: whose and when' })
  @ApiOkResponse({ type: AdminConversationView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminConversationView> {
    return this.conversations.get(caller, id);
  }

  @Post(':id/break-glass')
  @ApiOperation({
    summary: 'Open a private conversation to yourself',
    description: 'For a reason and a time. Its owner is told by mail and under GET /me/disclosures.',
  })
  @ApiCreatedResponse({ type: DisclosureView })
  @ApiProblems(ResourceNotFoundError)
  breakGlass(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() reason: BreakGlassDto,
  ): Promise<DisclosureView> {
    return this.conversations.breakGlass(caller, id, reason);
  }

  @Get(':id/messages')
  @ApiOperation({
    summary: 'What was said, while the conversation is open to you',
    description: 'Each read is recorded. Answers that rest on documents you may not read stay withheld.',
  })
  @ApiList(MessageView, MESSAGES)
  @ApiProblems(ResourceNotFoundError, ConversationSealedError)
  read(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @ListParams() query: ListQuery,
  ): Promise<Page<Partial<MessageView>>> {
    return this.conversations.read(caller, id, query);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Give a conversation another title, unread' })
  @ApiOkResponse({ type: AdminConversationView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: AdminUpdateConversationDto,
    @IfMatch() version?: number,
  ): Promise<AdminConversationView> {
    return this.conversations.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a conversation and its messages' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.conversations.remove(caller, id, version);
  }
}
