import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

const SEARCH_TEXT_LENGTH = 4_000;

export class EditChunkDto {
  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: SEARCH_TEXT_LENGTH,
    example: 'Horaires de l’accueil : ouvert du lundi au vendredi, de 9 h à 18 h.',
    description: 'Searched in place of the passage; null takes the passage itself again.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(SEARCH_TEXT_LENGTH)
  @Matches(/\S/)
  readonly searchText?: string | null;

  @ApiPropertyOptional({ example: true, description: 'No search and no answer uses a disabled passage.' })
  @IsOmittable()
  @IsBoolean()
  readonly disabled?: boolean;
}
