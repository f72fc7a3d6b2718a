import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { CHUNKING_STRATEGIES, DEFAULT_STRATEGY, type ChunkingStrategy } from '../chunking/chunking-options';
import { DUPLICATES, VISIBILITIES, type Duplicates, type Visibility } from './collection.entity';

const NAME_LENGTH = 200;
const DESCRIPTION_LENGTH = 2_000;

export class CreateCollectionDto {
  @ApiProperty({ maxLength: NAME_LENGTH, example: 'Procédures internes' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Ce que chacun doit savoir.' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;

  @ApiPropertyOptional({ enum: VISIBILITIES, default: 'private', description: 'Who may read it besides its owner.' })
  @IsOmittable()
  @IsIn(VISIBILITIES)
  readonly visibility?: Visibility;

  @ApiPropertyOptional({
    enum: DUPLICATES,
    default: 'reuse',
    description:
      'The same bytes uploaded again: `reuse` is the document that holds them, `keep` makes another one. Counts for what is uploaded from then on.',
  })
  @IsOmittable()
  @IsIn(DUPLICATES)
  readonly duplicates?: Duplicates;

  @ApiPropertyOptional({
    enum: CHUNKING_STRATEGIES,
    default: DEFAULT_STRATEGY,
    description: 'How documents are cut into passages. A change holds for what is ingested from then on.',
  })
  @IsOmittable()
  @IsIn(CHUNKING_STRATEGIES)
  readonly chunking?: ChunkingStrategy;
}

export class UpdateCollectionDto {
  @ApiPropertyOptional({ maxLength: NAME_LENGTH, example: 'Procédures de 2026' })
  @IsOmittable()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  readonly name?: string;

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Ce que chacun doit savoir.' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;

  @ApiPropertyOptional({ enum: VISIBILITIES })
  @IsOmittable()
  @IsIn(VISIBILITIES)
  readonly visibility?: Visibility;

  @ApiPropertyOptional({
    enum: DUPLICATES,
    description:
      'The same bytes uploaded again: `reuse` is the document that holds them, `keep` makes another one. Counts for what is uploaded from then on.',
  })
  @IsOmittable()
  @IsIn(DUPLICATES)
  readonly duplicates?: Duplicates;

  @ApiPropertyOptional({
    enum: CHUNKING_STRATEGIES,
    description: 'How documents are cut into passages. A change holds for what is ingested from then on.',
  })
  @IsOmittable()
  @IsIn(CHUNKING_STRATEGIES)
  readonly chunking?: ChunkingStrategy;
}

export class SetIngestionDto {
  @ApiProperty({ example: true })
  @IsBoolean()
  readonly paused!: boolean;
}
