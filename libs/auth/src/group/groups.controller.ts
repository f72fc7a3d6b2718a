import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
  DuplicateResourceError,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  runBulk,
  sendExport,
  StaleResourceError,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { BulkGroupsDto, CreateGroupDto, UpdateGroupDto } from './group.dto';
import { GROUP_RESOURCE } from './group.resource';
import { GroupView } from './group.view';
import { GroupsService } from './groups.service';

@ApiTags('Administration')
@Controller('admin/groups')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  @Get()
  @ApiOperation({ summary: 'The groups of your organization' })
  @ApiList(GroupView, GROUP_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<GroupView>>> {
    return this.groups.list(caller, query);
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make a group' })
  @ApiCreatedResponse({ type: GroupView })
  @ApiProblems(DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() group: CreateGroupDto): Promise<GroupView> {
    return this.groups.create(caller, group);
  }

  @Get('export')
  @ApiExport(GROUP_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.groups.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete several groups',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { ids }: BulkGroupsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.groups.remove(caller, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One group' })
  @ApiOkResponse({ type: GroupView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<GroupView> {
    return this.groups.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename or describe a group' })
  @ApiOkResponse({ type: GroupView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, DuplicateResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateGroupDto,
    @IfMatch() version?: number,
  ): Promise<GroupView> {
    return this.groups.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a group and what was granted to it' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.groups.remove(caller, id, version);
  }
}
