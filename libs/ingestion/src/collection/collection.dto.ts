import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

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
}
