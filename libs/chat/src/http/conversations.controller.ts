import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Query,
  Res,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Audited } from '#libs/audit';
import {
  ApiList,
  EtagInterceptor,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  StaleResourceError,
  type ListQuery,
} from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  FeatureMissingError,
  Flagged,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import { CollectionNotFoundError } from '#libs/ingestion';
import type { Page } from '#libs/kernel';

import { ConversationTooLongError } from '../chat.errors';
import { CreateConversationDto, UpdateConversationDto } from '../conversation/conversation.dto';
import { CONVERSATIONS } from '../conversation/conversation.resource';
import { ConversationView } from '../conversation/conversation.view';
import { ConversationsService } from '../conversation/conversations.service';
import { ExportConversation } from '../export/export-conversation';
import { ExportQueryDto } from '../export/export-query.dto';

@ApiTags('Chat')
@Controller('conversations')
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly exports: ExportConversation,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The caller’s conversations, the most recently used first' })
  @ApiList(ConversationView, CONVERSATIONS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<ConversationView>>> {
    return this.conversations.list(caller, query);
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Begin a conversation' })
  @ApiCreatedResponse({ type: ConversationView })
  @ApiProblems(CollectionNotFoundError, InvalidRequestError)
  create(@CurrentUser() caller: Principal, @Body() conversation: CreateConversationDto): Promise<ConversationView> {
    return this.conversations.create(caller, conversation);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One conversation' })
  @ApiOkResponse({ type: ConversationView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<ConversationView> {
    return this.conversations.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a conversation or change its collections' })
  @ApiOkResponse({ type: ConversationView })
  @ApiProblems(ResourceNotFoundError, CollectionNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateConversationDto,
    @IfMatch() version?: number,
  ): Promise<ConversationView> {
    return this.conversations.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a conversation with its messages' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.conversations.remove(caller, id, version);
  }

  @Get(':id/export')
  @Flagged('conversation-export')
  @Audited({ action: 'conversation.exported', resource: 'conversation', apart: true })
  @ApiOperation({
    summary: 'A conversation as Markdown, JSON or PDF, with the quotes that prove its answers',
    description: 'PDF needs `pdf-export` in the plan of the organization.',
  })
  @ApiOkResponse({
    content: {
      'text/markdown': { schema: { type: 'string' }, example: '# Congés\n\n## Combien de jours ?\n\n25 jours [1].\n' },
      'application/json': { schema: { type: 'object' } },
      'application/pdf': { schema: { type: 'string', format: 'binary' } },
    },
  })
  @ApiProblems(ResourceNotFoundError, FeatureMissingError, ConversationTooLongError)
  async export(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Query() { format }: ExportQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    const { filename, mediaType, body } = await this.exports.execute(caller, id, format);
    void reply.header('Content-Type', mediaType).header('Content-Disposition', `attachment; filename="${filename}"`);
    // A buffer would be sent as JSON.
    return typeof body === 'string' ? body : new StreamableFile(body);
  }
}
