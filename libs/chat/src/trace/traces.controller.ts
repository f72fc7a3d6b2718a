import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import { RetrievalTraceView } from '#libs/retrieval';

import { NotAnAnswerError } from '../chat.errors';
import { ReadTrace } from './read-trace';

@ApiTags('Chat')
@Controller('messages/:id/trace')
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError, NotAnAnswerError)
export class TracesController {
  constructor(private readonly traces: ReadTrace) {}

  @Get()
  @ApiOperation({
    summary: 'How the passages of one of your answers were found',
    description: 'What was searched for, what each leg found, and where each passage was lost. No text of documents.',
  })
  @ApiOkResponse({ type: RetrievalTraceView })
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<RetrievalTraceView> {
    return this.traces.ofOwn(caller, id);
  }
}
