import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { AdministeredDto, BulkIds } from '#libs/crud';
import { IsOmittable } from '#libs/http';

const NAME_LENGTH = 120;
const DESCRIPTION_LENGTH = 2_000;

export class CreateGroupDto extends AdministeredDto {
  @ApiProperty({ maxLength: NAME_LENGTH, example: 'Ressources humaines' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Service du personnel' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;
}

export class UpdateGroupDto {
  @ApiPropertyOptional({ maxLength: NAME_LENGTH, example: 'Ressources humaines' })
  @IsOmittable()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  readonly name?: string;

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Service du personnel' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;
}

const BULK_ACTIONS = ['delete'] as const;

export class BulkGroupsDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];
}

const MEMBER_ACTIONS = ['add', 'remove'] as const;

export class BulkMembersDto {
  @ApiProperty({ enum: MEMBER_ACTIONS, example: 'add' })
  @IsIn(MEMBER_ACTIONS)
  readonly action!: (typeof MEMBER_ACTIONS)[number];

  /** Of users. */
  @BulkIds()
  readonly ids!: string[];
}
