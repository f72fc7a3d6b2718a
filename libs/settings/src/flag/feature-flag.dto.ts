import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';

import { AdministeredDto, BulkIds, NOT_PROPOSED } from '#libs/crud';
import { FLAGS, IsIdList, IsOmittable, ROLES, type Flag, type Role } from '#libs/http';

import { OWNER_SCOPES, type OwnerScope } from '../owner/owner-scope';
import { AUDIENCES, type Audience } from './feature-flag.entity';

const NOTE_LENGTH = 500;
/** More people than that are a group. */
const MAX_IDS = 100;

const Ids = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: MAX_IDS, example: [], description }),
    IsOmittable(),
    IsIdList(MAX_IDS),
  );

export class CreateFeatureFlagDto extends AdministeredDto {
  @ApiProperty({ enum: FLAGS, example: 'document-download' })
  @IsIn(FLAGS)
  readonly key!: Flag;

  @ApiProperty({
    enum: AUDIENCES,
    example: 'nobody',
    description: '`some`: whoever is named, is in a group, has a role, or falls into the percentage.',
  })
  @IsIn(AUDIENCES)
  readonly audience!: Audience;

  @ApiPropertyOptional({ enum: ROLES, isArray: true, example: ['admin'] })
  @IsOmittable()
  @IsArray()
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  readonly roles?: Role[];

  @Ids('Groups whose members have it.')
  readonly groupIds?: string[];

  @Ids('People who have it.')
  readonly userIds?: string[];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 100,
    default: 0,
    example: 0,
    description: 'Of all people, the same ones each time, and more of them when it grows.',
  })
  @IsOmittable()
  @IsInt()
  @Min(0)
  @Max(100)
  readonly percentage?: number;

  @ApiPropertyOptional({ example: 'Après la formation', maxLength: NOTE_LENGTH })
  @IsOmittable()
  @IsString()
  @MaxLength(NOTE_LENGTH)
  readonly note?: string;

  @ApiPropertyOptional({
    enum: OWNER_SCOPES,
    default: 'organization',
    description: 'For superusers: `platform` counts for every organization that says nothing itself.',
    ...{ [NOT_PROPOSED]: true },
  })
  @IsOmittable()
  @IsIn(OWNER_SCOPES)
  readonly scope?: OwnerScope;
}

/** Another flag has a row of its own. */
export class UpdateFeatureFlagDto extends PartialType(
  PickType(CreateFeatureFlagDto, ['audience', 'roles', 'groupIds', 'userIds', 'percentage', 'note']),
  { skipNullProperties: false },
) {}

const BULK_ACTIONS = ['open', 'close', 'delete'] as const;
export type FeatureFlagAction = (typeof BULK_ACTIONS)[number];

export class BulkFeatureFlagsDto {
  @ApiProperty({ enum: BULK_ACTIONS, description: '`open`: to everybody; `close`: to all.' })
  @IsIn(BULK_ACTIONS)
  readonly action!: FeatureFlagAction;

  @BulkIds()
  readonly ids!: string[];
}
