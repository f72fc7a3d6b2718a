import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';

import { ApiList, EtagInterceptor, IfMatch, ListParams, StaleResourceError, type ListQuery } from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Flagged,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';
import { ModelUnavailableError } from '#libs/llm';

import { ChangeEmbeddingModel } from './change-embedding-model';
import { CreateCollectionDto, SetIngestionDto, UpdateCollectionDto } from './collection.dto';
import { CollectionNotFoundError, CollectionReadOnlyError } from './collection.errors';
import { COLLECTION_RESOURCE } from './collection.resource';
import { CollectionView } from './collection.view';
import { CollectionsService } from './collections.service';
import { FindNearDuplicates } from './find-near-duplicates';
import { NearDuplicatesPage } from './near-duplicates.view';
import { PauseIngestion } from './pause-ingestion';

@ApiTags('Collections')
@Access('user', { scope: 'collections:read' })
@Controller('collections')
@UseInterceptors(EtagInterceptor)
export class CollectionsController {
  constructor(
    private readonly collections: CollectionsService,
    private readonly duplicates: FindNearDuplicates,
    private readonly pausing: PauseIngestion,
    private readonly moving: ChangeEmbeddingModel,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The collections you may read' })
  @ApiList(CollectionView, COLLECTION_RESOURCE)
  list(
    @CurrentUser() principal: Principal,
    @ListParams() query: ListQuery,
  ): Promise<Page<CollectionView | Partial<CollectionView>>> {
    return this.collections.list(principal, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One collection' })
  @ApiOkResponse({ type: CollectionView })
  @ApiProblems(CollectionNotFoundError)
  get(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<CollectionView> {
    return this.collections.get(principal, id);
  }

  @Get(':id/near-duplicates')
  @ApiOperation({
    summary: 'Passages that nearly repeat each other',
    description:
      'For tidying up: the same letter twice, an annex in every contract. Searches leave out exact repetitions by themselves.',
  })
  @ApiOkResponse({ type: NearDuplicatesPage })
  @ApiProblems(CollectionNotFoundError)
  nearDuplicates(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<NearDuplicatesPage> {
    return this.duplicates.execute(principal, id);
  }

  @Post()
  @Flagged('collection-creation')
  @Access('user', { scope: 'collections:write' })
  @Idempotent()
  @ApiOperation({ summary: 'Make a collection', description: 'It remembers the embedding model of the day.' })
  @ApiCreatedResponse({ type: CollectionView })
  @ApiProblems(InvalidRequestError, ModelUnavailableError)
  create(@CurrentUser() principal: Principal, @Body() input: CreateCollectionDto): Promise<CollectionView> {
    return this.collections.create(principal, input);
  }

  @Patch(':id')
  @Access('user', { scope: 'collections:write' })
  @ApiOperation({ summary: 'Rename, describe or share a collection' })
  @ApiOkResponse({ type: CollectionView })
  @ApiProblems(InvalidRequestError, CollectionNotFoundError, CollectionReadOnlyError, StaleResourceError)
  update(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Body() patch: UpdateCollectionDto,
    @IfMatch() version: number | undefined,
  ): Promise<CollectionView> {
    return this.collections.update(principal, id, patch, version);
  }

  @Post(':id/reembed')
  @Access('user', { scope: 'collections:write' })
  @HttpCode(202)
  @ApiOperation({
    summary: 'Move to the embedding model of the day',
    description:
      'All vectors are made anew beside the present ones, then one commit makes searches use them. `nextEmbeddingModel` is null when it is done.',
  })
  @ApiAcceptedResponse({ type: CollectionView })
  @ApiProblems(CollectionNotFoundError, CollectionReadOnlyError, ModelUnavailableError)
  reembed(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<CollectionView> {
    return this.moving.execute(principal, id);
  }

  @Put(':id/ingestion')
  @Access('user', { scope: 'collections:write' })
  @ApiOperation({
    summary: 'Pause or resume the ingestion',
    description:
      'While it is paused, documents can be added and wait. What is being ingested ends first; searches go on.',
  })
  @ApiOkResponse({ type: CollectionView })
  @ApiProblems(InvalidRequestError, CollectionNotFoundError, CollectionReadOnlyError)
  setIngestion(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Body() { paused }: SetIngestionDto,
  ): Promise<CollectionView> {
    return this.pausing.execute(principal, id, paused);
  }

  @Delete(':id')
  @Access('user', { scope: 'collections:write' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a collection and its documents',
    description: 'After the 204 no answer can cite them.',
  })
  @ApiNoContentResponse()
  @ApiProblems(CollectionNotFoundError, CollectionReadOnlyError, StaleResourceError)
  remove(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @IfMatch() version: number | undefined,
  ): Promise<void> {
    return this.collections.remove(principal, id, version);
  }
}
