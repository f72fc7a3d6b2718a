import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsIP, IsOptional, IsString, MaxLength } from 'class-validator';

import { AdministeredDto, BulkIds, NOT_PROPOSED } from '#libs/crud';
import { IsIpRange, IsOmittable, IsTimestamp } from '#libs/http';

import { IP_RULE_ACTIONS, IP_RULE_TARGETS, type IpRuleAction, type IpRuleTarget } from './ip-rule.entity';
import { OWNER_SCOPES, type OwnerScope } from '../owner/owner-scope';

const NOTE_LENGTH = 500;

export class CreateIpRuleDto extends AdministeredDto {
  @ApiProperty({ example: '192.0.2.0/24', description: 'An IPv4 or IPv6 address or range.' })
  @IsIpRange()
  readonly range!: string;

  @ApiProperty({ enum: IP_RULE_ACTIONS, example: 'deny' })
  @IsIn(IP_RULE_ACTIONS)
  readonly action!: IpRuleAction;

  @ApiPropertyOptional({ enum: IP_RULE_TARGETS, default: 'everything', description: 'The calls it is about.' })
  @IsOmittable()
  @IsIn(IP_RULE_TARGETS)
  readonly appliesTo?: IpRuleTarget;

  @ApiPropertyOptional({ example: 'Réseau du siège', maxLength: NOTE_LENGTH })
  @IsOmittable()
  @IsString()
  @MaxLength(NOTE_LENGTH)
  readonly note?: string;

  @ApiPropertyOptional({ default: true })
  @IsOmittable()
  @IsBoolean()
  readonly enabled?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2099-01-31T00:00:00.000Z',
    description: 'Null: for good.',
  })
  @IsOptional()
  @IsTimestamp()
  readonly expiresAt?: Date | null;

  @ApiPropertyOptional({
    enum: OWNER_SCOPES,
    default: 'organization',
    description: 'For superusers: `platform` holds for every call, also for sign-ins.',
    ...{ [NOT_PROPOSED]: true },
  })
  @IsOmittable()
  @IsIn(OWNER_SCOPES)
  readonly scope?: OwnerScope;
}

export class UpdateIpRuleDto extends PartialType(
  PickType(CreateIpRuleDto, ['range', 'action', 'appliesTo', 'note', 'enabled', 'expiresAt']),
  { skipNullProperties: false },
) {}

const BULK_ACTIONS = ['enable', 'disable', 'delete'] as const;
export type IpRuleBulkAction = (typeof BULK_ACTIONS)[number];

export class BulkIpRulesDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: IpRuleBulkAction;

  @BulkIds()
  readonly ids!: string[];
}

export class CheckAddressDto {
  @ApiProperty({ example: '192.0.2.7' })
  @IsIP()
  readonly address!: string;

  @ApiPropertyOptional({ enum: IP_RULE_TARGETS, default: 'everything', description: 'The kind of call to try.' })
  @IsOmittable()
  @IsIn(IP_RULE_TARGETS)
  readonly call?: IpRuleTarget;
}
