import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, RequestContext, type Principal } from '#libs/http';
import { CollectionNotFoundError, DocumentNotFoundError } from '#libs/ingestion';
import { ExplanationView } from '#libs/retrieval';

import { ExplainForPerson } from './explain-for-person';
import { ExplainForPersonDto } from './explain-for-person.dto';

@ApiTags('Administration')
@Controller('admin/retrieval/explain')
@Access('admin', { scope: 'admin' })
export class AdminExplainController {
  constructor(
    private readonly explanation: ExplainForPerson,
    private readonly context: RequestContext,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Why somebody of your organization does not find a document',
    description:
      'As `POST /retrieval/explain`, and with a missing right as a stage. Only what both of you may read is searched: nothing tells of documents you may not read. Who asked about whom and which document is recorded.',
  })
  @ApiOkResponse({ type: ExplanationView })
  @ApiProblems(DocumentNotFoundError, CollectionNotFoundError, ResourceNotFoundError)
  explain(@CurrentUser() caller: Principal, @Body() request: ExplainForPersonDto): Promise<ExplanationView> {
    return this.explanation.execute(caller, request, this.context.locale);
  }
}
