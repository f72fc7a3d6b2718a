import { Body, Controller, Get, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { ApiList, ListParams, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  InvalidRequestError,
  LongLived,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { AnswerQuestion } from '../answering/answer-question';
import { AnswerInProgressError, NotAnAnswerError, TooManyAnswersError } from '../chat.errors';
import { AskDto } from '../message/message.dto';
import { MESSAGES } from '../message/message.resource';
import { MessageView } from '../message/message.view';
import { MessagesService } from '../message/messages.service';
import { ApiAnswer } from './answer-docs.decorator';
import { AnswerReplayInterceptor, IdempotentAnswer } from './answer-replay.interceptor';
import { AnswerResponder } from './answer-responder';

@ApiTags('Chat')
@Controller('conversations/:id/messages')
@UseInterceptors(AnswerReplayInterceptor)
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
export class ConversationMessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly questions: AnswerQuestion,
    private readonly responder: AnswerResponder,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The tree of messages, newest first',
    description:
      'Flat: `parentId` names the message each one follows; null begins a branch; `siblingIds` names the branches that part there.',
  })
  @ApiList(MessageView, MESSAGES)
  @ApiProblems(ResourceNotFoundError)
  list(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @ListParams() query: ListQuery,
  ): Promise<Page<Partial<MessageView>>> {
    return this.messages.list(caller, id, query);
  }

  @Post()
  @LongLived()
  @IdempotentAnswer()
  @ApiOperation({
    summary: 'Ask in a conversation',
    description: 'JSON by default; server-sent events with `Accept: text/event-stream`.',
  })
  @ApiAnswer()
  @ApiProblems(NotAnAnswerError, AnswerInProgressError, TooManyAnswersError)
  async ask(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() question: AskDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const run = await this.questions.ask(caller, id, question);
    return this.responder.respond(run, request, reply);
  }
}
