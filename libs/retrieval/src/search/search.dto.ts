import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { SEARCH_MODES, type SearchMode } from './search-mode';

const MAX_QUERY_LENGTH = 2_000;
const MAX_COLLECTIONS = 100;
const MAX_LIMIT = 100;

export class SearchDto {
  @ApiProperty({
    example: 'Combien de jours de congé pour un déménagement ?',
    description: 'A question or words, in any language.',
    maxLength: MAX_QUERY_LENGTH,
  })
  @IsString()
  @Length(1, MAX_QUERY_LENGTH)
  @Matches(/\S/)
  readonly query!: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: MAX_COLLECTIONS,
    description: 'Search in these only; in all that the caller may read when absent.',
    example: ['6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b'],
  })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(MAX_COLLECTIONS)
  @IsUUID('all', { each: true })
  readonly collectionIds?: string[];

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_LIMIT, default: 10, description: 'Most hits to return.' })
  @IsOmittable()
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  readonly limit?: number;

  @ApiPropertyOptional({
    enum: SEARCH_MODES,
    default: 'hybrid',
    description: 'By words and by meaning, or by one of the two.',
  })
  @IsOmittable()
  @IsIn(SEARCH_MODES)
  readonly mode?: SearchMode;
}
