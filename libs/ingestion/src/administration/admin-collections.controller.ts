import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
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
import { ModelUnavailableError } from '#libs/llm';

import { UpdateCollectionDto } from '../collection/collection.dto';
import { AdminCreateCollectionDto, BulkCollectionsDto } from './admin-collection.dto';
import { ADMIN_COLLECTION_RESOURCE } from './admin-collection.resource';
import { AdminCollectionView } from './admin-collection.view';
import { AdminCollectionsService } from './admin-collections.service';

@ApiTags('Administration')
@Controller('admin/collections')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class AdminCollectionsController {
  constructor(private readonly collections: AdminCollectionsService) {}

  @Get()
  @ApiOperation({ summary: 'All collections of your organization, private ones included' })
  @ApiList(AdminCollectionView, ADMIN_COLLECTION_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<AdminCollectionView>>> {
    return this.collections.list(caller, query);
  }

  @Get('export')
  @ApiExport(ADMIN_COLLECTION_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.collections.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make a collection for a user' })
  @ApiCreatedResponse({ type: AdminCollectionView })
  @ApiProblems(ResourceNotFoundError, ModelUnavailableError)
  create(@CurrentUser() caller: Principal, @Body() collection: AdminCreateCollectionDto): Promise<AdminCollectionView> {
    return this.collections.create(caller, collection);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete several collections and their documents',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { ids }: BulkCollectionsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.collections.remove(caller, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One collection' })
  @ApiOkResponse({ type: AdminCollectionView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminCollectionView> {
    return this.collections.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename, describe or share a collection' })
  @ApiOkResponse({ type: AdminCollectionView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateCollectionDto,
    @IfMatch() version?: number,
  ): Promise<AdminCollectionView> {
    return this.collections.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a collection and its documents',
    description: 'After the 204 no answer can cite them.',
  })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.collections.remove(caller, id, version);
  }
}
