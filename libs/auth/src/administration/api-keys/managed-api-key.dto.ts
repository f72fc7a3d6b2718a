import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';

import { BulkIds } from '#libs/crud';

import { CreateApiKeyDto } from '../../api-key/api-key.dto';

export class CreateApiKeyForUserDto extends CreateApiKeyDto {
  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11', description: 'The owner.' })
  @IsUUID()
  readonly userId!: string;
}

const CHANGEABLE = ['name', 'scopes', 'expiresAt', 'allowedIps'] as const;

export class UpdateApiKeyDto extends PartialType(PickType(CreateApiKeyDto, CHANGEABLE), {
  skipNullProperties: false,
}) {}

const BULK_ACTIONS = ['revoke'] as const;

export class BulkApiKeysDto {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'revoke' })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];
}
