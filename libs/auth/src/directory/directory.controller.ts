import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiList, ListParams, type ListQuery } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, Flagged, InvalidRequestError, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { DirectoryGroups } from './directory-groups';
import { DIRECTORY_GROUPS, DIRECTORY_USERS } from './directory.resources';
import { DirectoryUsers } from './directory-users';
import { DirectoryGroupView, DirectoryUserView } from './directory.view';

/** The scope is that of who shares: nothing else needs to know people. */
@ApiTags('Collections')
@Controller('directory')
@Access('user', { scope: 'collections:write' })
@ApiProblems(InvalidRequestError)
export class DirectoryController {
  constructor(
    private readonly users: DirectoryUsers,
    private readonly groups: DirectoryGroups,
  ) {}

  @Get('users')
  @Flagged('directory')
  @ApiOperation({
    summary: 'The colleagues you can share a collection with',
    description: '`q` looks into name and address.',
  })
  @ApiList(DirectoryUserView, DIRECTORY_USERS)
  listUsers(
    @CurrentUser() caller: Principal,
    @ListParams() query: ListQuery,
  ): Promise<Page<Partial<DirectoryUserView>>> {
    return this.users.list(caller, query);
  }

  @Get('groups')
  @Flagged('directory')
  @ApiOperation({ summary: 'The groups you can share a collection with' })
  @ApiList(DirectoryGroupView, DIRECTORY_GROUPS)
  listGroups(
    @CurrentUser() caller: Principal,
    @ListParams() query: ListQuery,
  ): Promise<Page<Partial<DirectoryGroupView>>> {
    return this.groups.list(caller, query);
  }
}
