import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiPage, BulkResultView, PageDto, ResourceNotFoundError, runBulk } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { BulkMembersDto } from './group.dto';
import { GroupMemberView } from './group-member.view';
import { GroupMembers } from './group-members';

@ApiTags('Administration')
@Controller('admin/groups/:id/members')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError)
export class GroupMembersController {
  constructor(private readonly members: GroupMembers) {}

  @Get()
  @ApiOperation({ summary: 'Who belongs to a group' })
  @ApiPage(GroupMemberView)
  list(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Query() { page, pageSize }: PageDto,
  ): Promise<Page<GroupMemberView>> {
    return this.members.list(caller, id, page, pageSize);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take several users into a group, or let them leave it',
    description: '`ids` are those of users; each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() { action, ids }: BulkMembersDto,
  ): Promise<BulkResultView> {
    return runBulk(ids, (userId) => this.members[action](caller, id, userId), caller.locale);
  }

  @Put(':userId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a user into a group', description: 'Grants of the group count at once.' })
  @ApiNoContentResponse()
  add(@CurrentUser() caller: Principal, @UuidParam() id: string, @UuidParam('userId') userId: string): Promise<void> {
    return this.members.add(caller, id, userId);
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let a user leave a group' })
  @ApiNoContentResponse()
  remove(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @UuidParam('userId') userId: string,
  ): Promise<void> {
    return this.members.remove(caller, id, userId);
  }
}
