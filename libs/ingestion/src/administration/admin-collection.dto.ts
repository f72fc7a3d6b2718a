import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';

import { BulkIds } from '#libs/crud';

import { CreateCollectionDto } from '../collection/collection.dto';

export class AdminCreateCollectionDto extends CreateCollectionDto {
  @ApiProperty({
    format: 'uuid',
    example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11',
    description: 'The user who owns it; it is made in this user’s organization.',
  })
  @IsUUID()
  readonly ownerId!: string;
}

const BULK_ACTIONS = ['delete'] as const;

export class BulkCollectionsDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];
}
