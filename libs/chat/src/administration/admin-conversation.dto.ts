import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Length } from 'class-validator';

import { BulkIds } from '#libs/crud';
import { IsOmittable } from '#libs/http';

const TITLE_LENGTH = 200;

export class AdminUpdateConversationDto {
  @ApiPropertyOptional({ example: 'Congés et absences', maxLength: TITLE_LENGTH, description: 'Replaced unread.' })
  @IsOmittable()
  @IsString()
  @Length(1, TITLE_LENGTH)
  readonly title?: string;
}

export class AdminCreateConversationDto extends AdminUpdateConversationDto {
  @ApiProperty({ format: 'uuid', description: 'Whose it is to be.' })
  @IsUUID()
  readonly userId!: string;
}

const BULK_ACTIONS = ['delete'] as const;

export class BulkConversationsDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];
}
