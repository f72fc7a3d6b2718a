import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, RateLimit, type Principal } from '#libs/http';

import { ShareNotFoundError } from '../chat.errors';
import { OpenShare } from './open-share';
import { OpenShareDto } from './share.dto';
import { SharedConversationView } from './shared-conversation.view';

/** Per address: more than people read, and nothing to whoever guesses at 256 bits. */
const OPENINGS = { requests: 60, perSeconds: 60 };

@ApiTags('Chat')
@Controller('shares')
@ApiProblems(InvalidRequestError, ShareNotFoundError)
export class SharesController {
  constructor(private readonly shares: OpenShare) {}

  @Post('open')
  @HttpCode(200)
  @Access('user', { scope: 'chat' })
  @ApiOperation({ summary: 'What a link of the caller’s organization shows' })
  @ApiOkResponse({ type: SharedConversationView })
  open(@CurrentUser() caller: Principal, @Body() { token }: OpenShareDto): Promise<SharedConversationView> {
    return this.shares.forColleague(caller, token);
  }

  @Post('open-public')
  @HttpCode(200)
  @Access('public', { across: true })
  @RateLimit(OPENINGS)
  @ApiOperation({ summary: 'What a public link shows, without signing in' })
  @ApiOkResponse({ type: SharedConversationView })
  openPublic(@Body() { token }: OpenShareDto): Promise<SharedConversationView> {
    return this.shares.forAnybody(token);
  }
}
