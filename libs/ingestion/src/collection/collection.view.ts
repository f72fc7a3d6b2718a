import { ApiProperty } from '@nestjs/swagger';

import { isEnglishOnly } from '#libs/llm';

import { CHUNKING_STRATEGIES, type ChunkingStrategy } from '../chunking/chunking-options';
import { DUPLICATES, VISIBILITIES, type CollectionEntity, type Duplicates, type Visibility } from './collection.entity';

/** A collection as its readers see it. */
export class CollectionView {
  @ApiProperty({ format: 'uuid', example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly id!: string;

  @ApiProperty({
    format: 'uuid',
    description: 'The user who made it; what anybody may do says GET /collections/:id/grants.',
  })
  readonly ownerId!: string;

  @ApiProperty({ example: 'Procédures internes' })
  readonly name!: string;

  @ApiProperty({ example: 'Ce que chacun doit savoir.' })
  readonly description!: string;

  @ApiProperty({ enum: VISIBILITIES, example: 'organization' })
  readonly visibility!: Visibility;

  @ApiProperty({
    example: 'builtin:hashed-ngrams-v1',
    description: 'Model of all its vectors, chosen when it was made.',
  })
  readonly embeddingModel!: string;

  @ApiProperty({ example: 768 })
  readonly embeddingDimension!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Model it is moving to; searches use the present one until all vectors are there.',
  })
  readonly nextEmbeddingModel!: string | null;

  @ApiProperty({
    example: false,
    description:
      'Whether its model, or the one it is moving to, is known to know English alone: for documents in French move to a multilingual one.',
  })
  readonly embeddingIsEnglishOnly!: boolean;

  @ApiProperty({ enum: CHUNKING_STRATEGIES, example: 'semantic' })
  readonly chunking!: ChunkingStrategy;

  @ApiProperty({ example: false, description: 'Its documents wait until the ingestion is resumed.' })
  readonly isPaused!: boolean;

  @ApiProperty({
    enum: DUPLICATES,
    example: 'reuse',
    description: 'What the same bytes are that are uploaded again: the document that holds them, or another one.',
  })
  readonly duplicates!: Duplicates;

  @ApiProperty({ example: 12, description: 'Grows with every visible change of a document.' })
  readonly revision!: number;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly updatedAt!: string;
}

export const toCollectionView = (collection: CollectionEntity): CollectionView => ({
  id: collection.id,
  ownerId: collection.ownerId,
  name: collection.name,
  description: collection.description,
  visibility: collection.visibility,
  embeddingModel: collection.embeddingModel,
  embeddingDimension: collection.embeddingDimension,
  nextEmbeddingModel: collection.nextEmbeddingModel,
  embeddingIsEnglishOnly: isEnglishOnly(collection.nextEmbeddingModel ?? collection.embeddingModel),
  chunking: collection.chunking,
  isPaused: collection.pausedAt !== null,
  duplicates: collection.duplicates,
  revision: collection.revision,
  version: collection.version,
  createdAt: collection.createdAt.toISOString(),
  updatedAt: collection.updatedAt.toISOString(),
});
