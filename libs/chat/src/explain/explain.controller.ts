import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, RequestContext, type Principal } from '#libs/http';
import { CollectionNotFoundError, DocumentNotFoundError } from '#libs/ingestion';
import { ExplainDto, ExplanationView } from '#libs/retrieval';

import { ExplainMissing } from './explain-missing';

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
    summary: 'Why a document was not found',
    description:
      'Runs the search of an answer again and says which stage lost the document first, and what would change it. A document the caller may not read does not exist.',
  })
  @ApiOkResponse({ type: ExplanationView })
  @ApiProblems(DocumentNotFoundError, CollectionNotFoundError)
  explain(@CurrentUser() caller: Principal, @Body() request: ExplainDto): Promise<ExplanationView> {
    return this.missing.execute(caller, request, this.context.locale);
  }
}
