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

import { BulkFeatureFlagsDto, CreateFeatureFlagDto, UpdateFeatureFlagDto } from './feature-flag.dto';
import { FEATURE_FLAG } from './feature-flag.resource';
import { FeatureFlagView, FlagCatalogueView } from './feature-flag.view';
import { FeatureFlagsService } from './feature-flags.service';

@ApiTags('Administration')
@Controller('admin/feature-flags')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class FeatureFlagsController {
  constructor(private readonly flags: FeatureFlagsService) {}

  @Get()
  @ApiOperation({ summary: 'Whom you leave what; for superusers also what the platform says' })
  @ApiList(FeatureFlagView, FEATURE_FLAG)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<FeatureFlagView>>> {
    return this.flags.list(caller, query);
  }

  @Get('export')
  @ApiExport(FEATURE_FLAG)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.flags.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Open or close something',
    description:
      'Counts from the next request on. Without a row of its own an organization has what the platform says.',
  })
  @ApiCreatedResponse({ type: FeatureFlagView })
  @ApiProblems(DuplicateResourceError, ResourceNotFoundError)
  create(@CurrentUser() caller: Principal, @Body() flag: CreateFeatureFlagDto): Promise<FeatureFlagView> {
    return this.flags.create(caller, flag);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Open, close or delete several',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkFeatureFlagsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.flags.act(caller, action, id), caller.locale);
  }

  @Get('catalogue')
  @ApiOperation({ summary: 'Every flag there is, with what counts for your organization' })
  @ApiOkResponse({ type: FlagCatalogueView })
  catalogue(@CurrentUser() caller: Principal): FlagCatalogueView {
    return this.flags.catalogue(caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One flag' })
  @ApiOkResponse({ type: FeatureFlagView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<FeatureFlagView> {
    return this.flags.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Open or close it to others', description: 'Counts from the next request on.' })
  @ApiOkResponse({ type: FeatureFlagView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateFeatureFlagDto,
    @IfMatch() version?: number,
  ): Promise<FeatureFlagView> {
    return this.flags.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Go back to what the platform says' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.flags.remove(caller, id, version);
  }
}
