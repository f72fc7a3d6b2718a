import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, RequestContext, type Principal } from '#libs/http';
import { CollectionNotFoundError, DocumentNotFoundError } from '#libs/ingestion';
import { ExplanationView } from '#libs/retrieval';

import { NotAnAnswerError } from '../chat.errors';
import { ExplainMissing } from './explain-missing';
import { ExplainMissingDto } from './explain-missing.dto';

@ApiTags('Search')
@Controller('retrieval/explain')
@Access('user', { scope: 'search' })
export class ExplainController {
  constructor(
    private readonly missing: ExplainMissing,
    private readonly context: RequestContext,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Why an answer does not rest on a document',
    description:
      'Goes through an answer as far as the prompt of the model that would write it, and says which stage lost the document first, and what would change it. Nothing is written or stored. A document the caller may not read does not exist.',
  })
  @ApiOkResponse({ type: ExplanationView })
  @ApiProblems(DocumentNotFoundError, CollectionNotFoundError, ResourceNotFoundError, NotAnAnswerError)
  explain(@CurrentUser() caller: Principal, @Body() request: ExplainMissingDto): Promise<ExplanationView> {
    return this.missing.execute(caller, request, this.context.locale);
  }
}
