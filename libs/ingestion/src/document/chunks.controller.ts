import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { CollectionReadOnlyError, DownloadForbiddenError } from '../collection/collection.errors';
import { ChunkView } from './document-content.view';
import { ChunkBeingReplacedError, ChunkNotFoundError, DocumentNotFoundError } from './document.errors';
import { DocumentsService } from './documents.service';
import { EditChunk } from './edit-chunk';
import { EditChunkDto } from './edit-chunk.dto';

/** Chunks come in reading order; there is nothing to sort or filter by. */
export class ListChunksDto {
  @ApiPropertyOptional({ minimum: 1, default: 1 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly page: number = 1;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 25 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly pageSize: number = 25;
}

@ApiTags('Documents')
@Access('user', { scope: 'documents:read' })
@Controller('documents')
export class ChunksController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly editing: EditChunk,
  ) {}

  @Get(':id/chunks')
  @ApiOperation({ summary: 'The passages of a document, in reading order' })
  @ApiExtraModels(ChunkView)
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['items', 'page', 'pageSize', 'total'],
      properties: {
        items: { type: 'array', items: { $ref: getSchemaPath(ChunkView) } },
        page: { type: 'integer', example: 1 },
        pageSize: { type: 'integer', example: 25 },
        total: { type: 'integer', example: 128 },
      },
    },
  })
  @ApiProblems(DocumentNotFoundError, DownloadForbiddenError)
  list(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @Query() { page, pageSize }: ListChunksDto,
  ): Promise<Page<ChunkView>> {
    return this.documents.chunks(principal, id, page, pageSize);
  }

  @Patch(':id/chunks/:chunkId')
  @Access('user', { scope: 'documents:write' })
  @ApiOperation({
    summary: 'Correct what is searched for a passage, or disable it',
    description:
      'The passage’s own text never changes, so quotes stay exact. A reindexing keeps the edits of passages whose text is the same.',
  })
  @ApiOkResponse({ type: ChunkView })
  @ApiProblems(
    InvalidRequestError,
    DocumentNotFoundError,
    ChunkNotFoundError,
    ChunkBeingReplacedError,
    CollectionReadOnlyError,
    DownloadForbiddenError,
  )
  edit(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @UuidParam('chunkId') chunkId: string,
    @Body() edit: EditChunkDto,
  ): Promise<ChunkView> {
    return this.editing.execute(principal, id, chunkId, edit);
  }

  @Post(':id/chunks/:chunkId/reembed')
  @Access('user', { scope: 'documents:write' })
  @HttpCode(202)
  @ApiOperation({ summary: 'Make the vector of one passage anew' })
  @ApiAcceptedResponse({ type: ChunkView })
  @ApiProblems(DocumentNotFoundError, ChunkNotFoundError, CollectionReadOnlyError, DownloadForbiddenError)
  reembed(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @UuidParam('chunkId') chunkId: string,
  ): Promise<ChunkView> {
    return this.editing.reembed(principal, id, chunkId);
  }
}
