import { Body, Controller, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, LongLived, type Principal } from '#libs/http';
import { CollectionNotFoundError } from '#libs/ingestion';

import { AnswerQuestion } from '../answering/answer-question';
import { AssistantOfConversationError, TooManyAnswersError } from '../chat.errors';
import { ChatDto } from '../message/message.dto';
import type { MessageView } from '../message/message.view';
import { ApiAnswer } from './answer-docs.decorator';
import { AnswerReplayInterceptor, IdempotentAnswer } from './answer-replay.interceptor';
import { AnswerResponder } from './answer-responder';

@ApiTags('Chat')
@Controller('chat')
@UseInterceptors(AnswerReplayInterceptor)
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
export class ChatController {
  constructor(
    private readonly questions: AnswerQuestion,
    private readonly responder: AnswerResponder,
  ) {}

  @Post()
  @LongLived()
  @IdempotentAnswer()
  @ApiOperation({
    summary: 'Ask in one call; makes the conversation when none is named',
    description: 'JSON by default; server-sent events with `Accept: text/event-stream`.',
  })
  @ApiAnswer()
  @ApiProblems(CollectionNotFoundError, AssistantOfConversationError, TooManyAnswersError)
  async chat(
    @CurrentUser() caller: Principal,
    @Body() { message, collectionIds, conversationId, assistantId, reuse }: ChatDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const run = await this.questions.ask(caller, conversationId, {
      content: message,
      collectionIds,
      assistantId,
      reuse,
    });
    return this.responder.respond(run, request, reply);
  }
}
