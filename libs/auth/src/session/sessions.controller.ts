import { Controller, Delete, Get, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiList, ListParams, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { OwnSessions, SESSION_RESOURCE } from './own-sessions';
import { SessionView } from './session.view';

@ApiTags('Identity')
@Controller('auth/sessions')
@Access('user')
export class SessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  @Get()
  @ApiOperation({ summary: 'The devices the caller is signed in on' })
  @ApiList(SessionView, SESSION_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<SessionView>>> {
    return this.sessions.list(caller, query);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign a device out' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError)
  end(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.sessions.end(caller, id);
  }
}
