import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import { RetrievalTraceView } from '#libs/retrieval';

import { ConversationSealedError, NotAnAnswerError } from '../chat.errors';
import { ReadTrace } from './read-trace';

@ApiTags('Administration')
@Controller('admin/conversations/:id/messages/:messageId/trace')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError, NotAnAnswerError, ConversationSealedError)
export class AdminTracesController {
  constructor(private readonly traces: ReadTrace) {}

  @Get()
  @ApiOperation({
    summary: 'How the passages of an answer were found, while the conversation is open to you',
    description: 'Each read is recorded. Documents you may not read are left out.',
  })
  @ApiOkResponse({ type: RetrievalTraceView })
  get(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @UuidParam('messageId') messageId: string,
  ): Promise<RetrievalTraceView> {
    return this.traces.ofDisclosed(caller, id, messageId);
  }
}
