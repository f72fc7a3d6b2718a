import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, type Principal } from '#libs/http';
import { CollectionNotFoundError } from '#libs/ingestion';

import { SearchDocuments } from './search-documents';
import { SearchDto } from './search.dto';
import { SearchResultView } from './search.view';

@ApiTags('Search')
@Controller('search')
@Access('user', { scope: 'search' })
export class SearchController {
  constructor(private readonly documents: SearchDocuments) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Find passages in the documents the caller may read' })
  @ApiOkResponse({ type: SearchResultView })
  @ApiProblems(CollectionNotFoundError)
  search(@CurrentUser() caller: Principal, @Body() request: SearchDto): Promise<SearchResultView> {
    return this.documents.execute(caller, request);
  }
}
