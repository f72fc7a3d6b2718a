import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Query,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  ApiPage,
  DuplicateResourceError,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  PageDto,
  ResourceNotFoundError,
  sendExport,
  StaleResourceError,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { CreateSettingDto, RevertSettingDto, UpdateSettingDto } from './setting.dto';
import { SettingNotRevertibleError, SettingValueRefusedError, UnknownSettingError } from './setting.errors';
import { SETTING_RESOURCE } from './setting.resource';
import { SettingCatalogueView } from './setting-catalogue.view';
import { SettingView, SettingVersionView } from './setting.view';
import { SettingsInForce } from './settings-in-force';
import { SettingsService } from './settings.service';

@ApiTags('Administration')
@Controller('admin/settings')
@Access('superuser', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class SettingsController {
  constructor(
    private readonly settings: SettingsService,
    private readonly inForce: SettingsInForce,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The settings that were changed at run time' })
  @ApiList(SettingView, SETTING_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<SettingView>>> {
    return this.settings.list(caller, query);
  }

  @Post()
  @ApiOperation({ summary: 'Set a setting', description: 'It counts from the next request on, without a restart.' })
  @ApiCreatedResponse({ type: SettingView })
  @ApiProblems(UnknownSettingError, SettingValueRefusedError, DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() setting: CreateSettingDto): Promise<SettingView> {
    return this.settings.create(caller, setting);
  }

  @Get('catalogue')
  @ApiOperation({ summary: 'Every setting there is, with the value in force and where it comes from' })
  @ApiOkResponse({ type: SettingCatalogueView })
  catalogue(@CurrentUser() { locale }: Principal): Promise<SettingCatalogueView> {
    return this.inForce.list(locale);
  }

  @Get('export')
  @ApiExport(SETTING_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.settings.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One setting' })
  @ApiOkResponse({ type: SettingView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<SettingView> {
    return this.settings.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a setting' })
  @ApiOkResponse({ type: SettingView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, SettingValueRefusedError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() { value }: UpdateSettingDto,
    @IfMatch() version?: number,
  ): Promise<SettingView> {
    return this.settings.update(caller, id, { value }, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Go back to what the environment or the code says' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.settings.remove(caller, id, version);
  }

  @Get(':id/versions')
  @ApiOperation({ summary: 'What a setting was, newest first, also before it was reset' })
  @ApiPage(SettingVersionView)
  @ApiProblems(ResourceNotFoundError)
  versions(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Query() page: PageDto,
  ): Promise<Page<SettingVersionView>> {
    return this.settings.versions(caller, id, page);
  }

  @Post(':id/revert')
  @HttpCode(200)
  @ApiOperation({ summary: 'Set a setting to what a former version says' })
  @ApiOkResponse({ type: SettingView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, SettingNotRevertibleError)
  revert(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() { versionId }: RevertSettingDto,
    @IfMatch() version?: number,
  ): Promise<SettingView> {
    return this.settings.revert(caller, id, versionId, version);
  }
}
