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
  Entitled,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { RotateApiKeyDto } from '../../api-key/api-key.dto';
import {
  ApiKeyExpiryError,
  ApiKeyLimitError,
  ApiKeyPrivateScopeError,
  ApiKeyScopeNotAllowedError,
} from '../../api-key/api-key.errors';
import { withoutKey } from '../../api-key/api-key.view';
import { UserProtectedError } from '../administration.errors';
import { IssueApiKey } from './issue-api-key';
import { BulkApiKeysDto, CreateApiKeyForUserDto, UpdateApiKeyDto } from './managed-api-key.dto';
import { MANAGED_API_KEY_FIELDS } from './managed-api-key.resource';
import { ManagedApiKeyView, NewManagedApiKeyView } from './managed-api-key.view';
import { ManagedApiKeysService } from './managed-api-keys.service';

@ApiTags('Administration')
@Controller('admin/api-keys')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class ManagedApiKeysController {
  constructor(
    private readonly keys: ManagedApiKeysService,
    private readonly issue: IssueApiKey,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The API keys of your users, without their secrets',
    description: 'Of one: `filter[userId]`.',
  })
  @ApiList(ManagedApiKeyView, MANAGED_API_KEY_FIELDS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<ManagedApiKeyView>>> {
    return this.keys.list(caller, query);
  }

  /** No scope, here and in {@link rotate}: a stolen key cannot make itself successors. */
  @Post()
  @Access('admin')
  @Entitled('api-keys')
  @Idempotent({ remember: withoutKey })
  @ApiOperation({
    summary: 'Make an API key for a user; a mail tells the user',
    description:
      'The answer shows the key once. `search`, `documents:read` and `chat` only for accounts nobody ever signed in to, such as that of a program: what is private to a person stays so.',
  })
  @ApiCreatedResponse({ type: NewManagedApiKeyView })
  @ApiProblems(ResourceNotFoundError, UserProtectedError, ApiKeyScopeNotAllowedError, ApiKeyPrivateScopeError)
  @ApiProblems(ApiKeyExpiryError, ApiKeyLimitError)
  create(
    @CurrentUser() caller: Principal,
    @Body() { userId, ...wanted }: CreateApiKeyForUserDto,
  ): Promise<NewManagedApiKeyView> {
    return this.issue.create(caller, userId, wanted);
  }

  @Get('export')
  @ApiExport(MANAGED_API_KEY_FIELDS)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.keys.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete several API keys',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { ids }: BulkApiKeysDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.keys.revoke(caller, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One API key' })
  @ApiOkResponse({ type: ManagedApiKeyView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<ManagedApiKeyView> {
    return this.keys.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change name, scopes, addresses or end of an API key; a mail tells the user' })
  @ApiOkResponse({ type: ManagedApiKeyView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, UserProtectedError, ApiKeyScopeNotAllowedError)
  @ApiProblems(ApiKeyPrivateScopeError, ApiKeyExpiryError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateApiKeyDto,
    @IfMatch() version?: number,
  ): Promise<ManagedApiKeyView> {
    return this.keys.modify(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an API key; a mail tells the user',
    description: 'Refused from the next request on.',
  })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError, UserProtectedError)
  revoke(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.keys.revoke(caller, id, version);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Access('admin')
  @Entitled('api-keys')
  @Idempotent({ remember: withoutKey })
  @ApiOperation({
    summary: 'Give an API key of a user a new secret; a mail tells the user',
    description: 'The answer shows the key once; the old secret stays valid for `overlapHours`.',
  })
  @ApiOkResponse({ type: NewManagedApiKeyView })
  @ApiProblems(ResourceNotFoundError, UserProtectedError, ApiKeyPrivateScopeError, ApiKeyExpiryError)
  rotate(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() wanted: RotateApiKeyDto,
  ): Promise<NewManagedApiKeyView> {
    return this.issue.rotate(caller, id, wanted);
  }
}
