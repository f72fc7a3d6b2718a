import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiList, ListParams, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Entitled,
  Flagged,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { CreateApiKeyDto, RotateApiKeyDto } from './api-key.dto';
import { ApiKeyExpiryError, ApiKeyLimitError, ApiKeyScopeNotAllowedError } from './api-key.errors';
import { API_KEY_FIELDS } from './api-key.resource';
import { ApiKeyView, NewApiKeyView, withoutKey } from './api-key.view';
import { ApiKeysService } from './api-keys.service';
import { CreateApiKey } from './create-api-key';
import { RotateApiKey } from './rotate-api-key';

/** For people only: no scope opens these routes, so a stolen key cannot make itself successors. */
@ApiTags('Identity')
@Access('user')
@Entitled('api-keys')
@ApiProblems(InvalidRequestError)
@Controller('api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly creation: CreateApiKey,
    private readonly rotation: RotateApiKey,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your API keys, without their secrets' })
  @ApiList(ApiKeyView, API_KEY_FIELDS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<ApiKeyView>>> {
    return this.keys.list(caller, query);
  }

  @Post()
  @Flagged('own-api-keys')
  @Idempotent({ remember: withoutKey })
  @ApiOperation({
    summary: 'Make an API key',
    description: 'The answer shows the key once; send it as `Authorization: Bearer myia_...`.',
  })
  @ApiCreatedResponse({ type: NewApiKeyView })
  @ApiProblems(ApiKeyScopeNotAllowedError, ApiKeyExpiryError, ApiKeyLimitError)
  create(@CurrentUser() caller: Principal, @Body() wanted: CreateApiKeyDto): Promise<NewApiKeyView> {
    return this.creation.execute(caller, wanted);
  }

  @Post(':id/rotate')
  @Flagged('own-api-keys')
  @HttpCode(200)
  @Idempotent({ remember: withoutKey })
  @ApiOperation({
    summary: 'Give an API key a new secret',
    description: 'The old secret stays valid for `overlapHours`; the answer shows the new key once.',
  })
  @ApiOkResponse({ type: NewApiKeyView })
  @ApiProblems(ResourceNotFoundError, ApiKeyExpiryError)
  rotate(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() wanted: RotateApiKeyDto,
  ): Promise<NewApiKeyView> {
    return this.rotation.execute(caller, id, wanted);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an API key', description: 'It is refused from the next request on.' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.keys.remove(caller, id);
  }
}
