import { Body, Controller, Get, Headers, HttpCode, Post, Put, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { ResourceNotFoundError } from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Flagged,
  InvalidRequestError,
  LongLived,
  UuidParam,
  type Principal,
} from '#libs/http';

import { AnswerQuestion } from '../answering/answer-question';
import { FollowAnswer } from '../answering/follow-answer';
import { StopAnswer } from '../answering/stop-answer';
import { AnswerInProgressError, NotAnAnswerError, NotAQuestionError, TooManyAnswersError } from '../chat.errors';
import { EditDto, FeedbackDto } from '../message/message.dto';
import { MessageView } from '../message/message.view';
import { MessagesService } from '../message/messages.service';
import { ApiAnswer, ApiEvents } from './answer-docs.decorator';
import { AnswerReplayInterceptor, IdempotentAnswer } from './answer-replay.interceptor';
import { AnswerResponder } from './answer-responder';

/** What is no event id means: from the start. */
const eventId = (header: string | undefined): number => (/^\d{1,9}$/.test(header ?? '') ? Number(header) : 0);

@ApiTags('Chat')
@Controller('messages/:id')
@UseInterceptors(AnswerReplayInterceptor)
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly questions: AnswerQuestion,
    private readonly follow: FollowAnswer,
    private readonly stopping: StopAnswer,
    private readonly responder: AnswerResponder,
  ) {}

  @Get()
  @ApiOperation({ summary: 'One message; its `status` tells whether it is still being written' })
  @ApiOkResponse({ type: MessageView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<MessageView> {
    return this.messages.get(caller, id);
  }

  @Get('events')
  @LongLived()
  @ApiOperation({ summary: 'The events of an answer, from the start or after `Last-Event-ID`' })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Id of the last event received.',
    schema: { type: 'string', example: '4' },
  })
  @ApiEvents()
  @ApiProblems(NotAnAnswerError)
  events(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<void> {
    return this.responder.stream((gone) => this.follow.execute(caller, id, eventId(lastEventId), gone), request, reply);
  }

  @Post('regenerate')
  @LongLived()
  @IdempotentAnswer()
  @ApiOperation({ summary: 'Another answer to the same question, beside this one' })
  @ApiAnswer()
  @ApiProblems(NotAnAnswerError, TooManyAnswersError)
  async regenerate(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const run = await this.questions.regenerate(caller, id);
    return this.responder.respond(run, request, reply);
  }

  @Post('edit')
  @LongLived()
  @IdempotentAnswer()
  @ApiOperation({
    summary: 'Ask an edited question: a new branch beside the old one, which stays',
    description: '`siblingIds` of its messages name the branches.',
  })
  @ApiAnswer()
  @ApiProblems(NotAQuestionError, AnswerInProgressError, TooManyAnswersError)
  async edit(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() { content }: EditDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const run = await this.questions.edit(caller, id, content);
    return this.responder.respond(run, request, reply);
  }

  @Post('stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop writing; what was written so far is kept' })
  @ApiOkResponse({ type: MessageView })
  @ApiProblems(ResourceNotFoundError, NotAnAnswerError)
  stop(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<MessageView> {
    return this.stopping.execute(caller, id);
  }

  @Put('feedback')
  @Flagged('answer-feedback')
  @ApiOperation({ summary: 'Rate an answer; a second rating replaces the first' })
  @ApiOkResponse({ type: MessageView })
  @ApiProblems(ResourceNotFoundError, NotAnAnswerError)
  rate(@CurrentUser() caller: Principal, @UuidParam() id: string, @Body() feedback: FeedbackDto): Promise<MessageView> {
    return this.messages.rate(caller, id, feedback);
  }
}
