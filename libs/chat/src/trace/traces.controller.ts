import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import { RetrievalTraceView } from '#libs/retrieval';

import { ConversationSealedError, NotAnAnswerError } from '../chat.errors';
import { ReadTrace } from './read-trace';

@ApiTags('Chat')
@Controller()
@ApiProblems(InvalidRequestError, ResourceNotFoundError, NotAnAnswerError)
export class TracesController {
  constructor(private readonly traces: ReadTrace) {}

  @Get('messages/:id/trace')
  @Access('user', { scope: 'chat' })
  @ApiOperation({
    summary: 'How the passages of one of your answers were found',
    description: 'What was searched for, what each leg found, and where each passage was lost. No text of documents.',
  })
  @ApiOkResponse({ type: RetrievalTraceView })
  ofOwn(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<RetrievalTraceView> {
    return this.traces.ofOwn(caller, id);
  }

  @Get('admin/conversations/:id/messages/:messageId/trace')
  @Access('admin', { scope: 'admin' })
  @ApiTags('Administration')
  @ApiOperation({
    summary: 'How the passages of an answer were found, while the conversation is open to you',
    description: 'Each read is recorded. Documents you may not read are left out.',
  })
  @ApiOkResponse({ type: RetrievalTraceView })
  @ApiProblems(ConversationSealedError)
  ofDisclosed(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @UuidParam('messageId') messageId: string,
  ): Promise<RetrievalTraceView> {
    return this.traces.ofDisclosed(caller, id, messageId);
  }
}
