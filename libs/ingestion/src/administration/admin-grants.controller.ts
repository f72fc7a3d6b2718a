import { Body, Controller, Delete, Get, HttpCode, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiPage, PageDto, ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { LastOwnerError } from '../collection/collection.errors';
import { GranteeDto, granteeOf, mayDownloadOf, PutGrantDto } from '../collection/grant.dto';
import { GrantView } from '../collection/grant.view';
import { AdministeredGrants } from './administered-grants';

@ApiTags('Administration')
@Controller('admin/collections/:id/grants')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError)
export class AdminGrantsController {
  constructor(private readonly grants: AdministeredGrants) {}

  @Get()
  @ApiOperation({ summary: 'Who may do what with a collection of your organization' })
  @ApiPage(GrantView)
  list(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Query() { page, pageSize }: PageDto,
  ): Promise<Page<GrantView>> {
    return this.grants.list(caller, id, page, pageSize);
  }

  @Put()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Give a user or a group a role',
    description: 'Replaces the role the user or group had. Counts from the next request on.',
  })
  @ApiNoContentResponse()
  @ApiProblems(LastOwnerError)
  put(@CurrentUser() caller: Principal, @UuidParam() id: string, @Body() grant: PutGrantDto): Promise<void> {
    return this.grants.put(caller, id, granteeOf(grant), { role: grant.role, mayDownload: mayDownloadOf(grant) });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take a grant back',
    description: 'Of `userId` or of `groupId`. Counts from the next request on.',
  })
  @ApiNoContentResponse()
  @ApiProblems(LastOwnerError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @Query() grantee: GranteeDto): Promise<void> {
    return this.grants.remove(caller, id, granteeOf(grantee));
  }
}
