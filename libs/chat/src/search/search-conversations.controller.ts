import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiPage } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { ConversationHitView } from './conversation-hit.view';
import { SearchConversations } from './search-conversations';
import { SearchConversationsDto } from './search-conversations.dto';

@ApiTags('Chat')
@Controller('conversations/search')
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
export class SearchConversationsController {
  constructor(private readonly search: SearchConversations) {}

  @Get()
  @ApiOperation({
    summary: 'Find the caller’s conversations by words of their titles and messages, the last used first',
    description: 'At most 200 are found.',
  })
  @ApiPage(ConversationHitView)
  find(@CurrentUser() caller: Principal, @Query() query: SearchConversationsDto): Promise<Page<ConversationHitView>> {
    return this.search.execute(caller, query);
  }
}
