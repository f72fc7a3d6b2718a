import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiList, ListParams, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { USABLE_ASSISTANT } from './assistant.resource';
import { AssistantView } from './assistant.view';
import { UsableAssistants } from './usable-assistants.service';

@ApiTags('Chat')
@Controller('assistants')
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
export class AssistantsController {
  constructor(private readonly assistants: UsableAssistants) {}

  @Get()
  @ApiOperation({ summary: 'The assistants the caller may use' })
  @ApiList(AssistantView, USABLE_ASSISTANT)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<AssistantView>>> {
    return this.assistants.list(caller, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One assistant' })
  @ApiOkResponse({ type: AssistantView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AssistantView> {
    return this.assistants.get(caller, id);
  }
}
