import { ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

import { IsIdList, IsOmittable } from '#libs/http';

/** Far above what anybody selects by hand. */
export const MAX_COLLECTIONS = 100;

export class CreateConversationDto {
  @ApiPropertyOptional({ example: 'Congés et absences', description: 'The first question when absent.' })
  @IsOmittable()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly title?: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    nullable: true,
    example: ['6f1c7b51-8f0e-4d5a-9c53-1f4f0f6c2b10'],
    description: 'Collections to answer from; all readable ones when absent or null.',
  })
  @IsOptional()
  @IsIdList(MAX_COLLECTIONS)
  readonly collectionIds?: string[] | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'One of `/assistants`; null for none.',
  })
  @IsOptional()
  @IsUUID()
  readonly assistantId?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'One of `/conversation-folders`; null for none.',
  })
  @IsOptional()
  @IsUUID()
  readonly folderId?: string | null;

  @ApiPropertyOptional({ example: false, default: false })
  @IsOmittable()
  @IsBoolean()
  readonly pinned?: boolean;

  @ApiPropertyOptional({
    example: false,
    default: false,
    description: 'Put aside; `filter[archived]=false` leaves it out of lists.',
  })
  @IsOmittable()
  @IsBoolean()
  readonly archived?: boolean;
}

export class UpdateConversationDto extends PartialType(CreateConversationDto, { skipNullProperties: false }) {}
