import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, type Principal } from '#libs/http';

import { ChatPolicies } from './chat-policies';
import { ChatPolicyView } from './chat-policy.view';

@ApiTags('Administration')
@Controller('admin/chat-policy')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class ChatPolicyController {
  constructor(private readonly policies: ChatPolicies) {}

  @Get()
  @ApiOperation({ summary: 'What the caller’s organization says of its conversations' })
  @ApiOkResponse({ type: ChatPolicyView })
  get(@CurrentUser() { organizationId }: Principal): Promise<ChatPolicyView> {
    return this.policies.get(organizationId);
  }

  @Put()
  @ApiOperation({
    summary: 'How long conversations stay, and whether links may show them to strangers',
    description: 'What is too old by a new retention is erased within the hour, for good.',
  })
  @ApiOkResponse({ type: ChatPolicyView })
  set(@CurrentUser() { organizationId }: Principal, @Body() policy: ChatPolicyView): Promise<ChatPolicyView> {
    return this.policies.set(organizationId, policy);
  }
}
