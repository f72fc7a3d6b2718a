import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiPage, PageDto, ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, Flagged, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { NotAnAnswerError, NothingToShareError, PublicLinksClosedError } from '../chat.errors';
import { ShareConversation } from './share-conversation';
import { CreateShareDto } from './share.dto';
import { ShareView } from './share.view';

@ApiTags('Chat')
@Controller('conversations/:id/shares')
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError)
export class ConversationSharesController {
  constructor(private readonly sharing: ShareConversation) {}

  @Get()
  @ApiOperation({ summary: 'The links to a conversation, newest first, with those that have ended' })
  @ApiPage(ShareView)
  list(@CurrentUser() caller: Principal, @UuidParam() id: string, @Query() page: PageDto): Promise<Page<ShareView>> {
    return this.sharing.list(caller, id, page);
  }

  @Post()
  @Flagged('conversation-sharing')
  @ApiOperation({
    summary: 'Make a link that shows a conversation as it is now',
    description:
      'What is said afterwards is not shared. A reader sees answers only as far as he may read what they rest on; behind a public link there are no quotes.',
  })
  @ApiCreatedResponse({ type: ShareView })
  @ApiProblems(NotAnAnswerError, NothingToShareError, PublicLinksClosedError)
  create(@CurrentUser() caller: Principal, @UuidParam() id: string, @Body() share: CreateShareDto): Promise<ShareView> {
    return this.sharing.create(caller, id, share);
  }

  @Delete(':shareId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Close a link, at once and for good' })
  @ApiNoContentResponse()
  revoke(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @UuidParam('shareId') shareId: string,
  ): Promise<void> {
    return this.sharing.revoke(caller, id, shareId);
  }
}
