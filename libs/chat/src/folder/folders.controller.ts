import { Body, Controller, Delete, Get, HttpCode, Patch, Post, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiList,
  DuplicateResourceError,
  EtagInterceptor,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  StaleResourceError,
  type ListQuery,
} from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { FolderDto } from './folder.dto';
import { FOLDERS } from './folder.resource';
import { FolderView } from './folder.view';
import { FoldersService } from './folders.service';

@ApiTags('Chat')
@Controller('conversation-folders')
@Access('user', { scope: 'chat' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class FoldersController {
  constructor(private readonly folders: FoldersService) {}

  @Get()
  @ApiOperation({ summary: 'The caller’s folders of conversations, by name' })
  @ApiList(FolderView, FOLDERS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<FolderView>>> {
    return this.folders.list(caller, query);
  }

  @Post()
  @ApiOperation({ summary: 'Make a folder', description: 'Conversations go into it by their `folderId`.' })
  @ApiCreatedResponse({ type: FolderView })
  @ApiProblems(DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() folder: FolderDto): Promise<FolderView> {
    return this.folders.create(caller, folder);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One folder' })
  @ApiOkResponse({ type: FolderView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<FolderView> {
    return this.folders.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a folder' })
  @ApiOkResponse({ type: FolderView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, DuplicateResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() folder: FolderDto,
    @IfMatch() version?: number,
  ): Promise<FolderView> {
    return this.folders.update(caller, id, folder, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a folder; its conversations stay, outside any' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.folders.remove(caller, id, version);
  }
}
