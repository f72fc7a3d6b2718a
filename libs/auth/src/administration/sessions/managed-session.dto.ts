import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { BulkIds } from '#libs/crud';

const BULK_ACTIONS = ['revoke'] as const;

export class BulkSessionsDto {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'revoke' })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];
}
