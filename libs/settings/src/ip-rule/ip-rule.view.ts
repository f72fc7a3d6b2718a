import { ApiProperty } from '@nestjs/swagger';

import {
  IP_RULE_ACTIONS,
  IP_RULE_TARGETS,
  type IpRuleAction,
  type IpRuleEntity,
  type IpRuleTarget,
} from './ip-rule.entity';
import { OWNER_SCOPES, scopeOf, type OwnerScope } from '../owner/owner-scope';

export class IpRuleView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: OWNER_SCOPES, example: 'organization' })
  readonly scope!: OwnerScope;

  @ApiProperty({ format: 'uuid', description: 'All zeros for a rule of the platform.' })
  readonly organizationId!: string;

  @ApiProperty({ example: '192.0.2.0/24' })
  readonly range!: string;

  @ApiProperty({ enum: IP_RULE_ACTIONS, example: 'deny' })
  readonly action!: IpRuleAction;

  @ApiProperty({ enum: IP_RULE_TARGETS, example: 'everything' })
  readonly appliesTo!: IpRuleTarget;

  @ApiProperty({ example: 'Réseau du siège' })
  readonly note!: string;

  @ApiProperty({ example: true })
  readonly enabled!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly expiresAt!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class AddressJudgementView {
  @ApiProperty({ example: '192.0.2.7' })
  readonly address!: string;

  @ApiProperty({ example: false })
  readonly isAdmitted!: boolean;

  @ApiProperty({
    enum: OWNER_SCOPES,
    nullable: true,
    example: 'organization',
    description: 'Whose rules refuse the address; null when it is admitted.',
  })
  readonly refusedBy!: OwnerScope | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '192.0.2.0/24',
    description:
      'Range of the rule of your organization that decided; null when none speaks of the address. Then it is refused if the others allow somebody.',
  })
  readonly range!: string | null;
}

export const toIpRuleView = (rule: IpRuleEntity): IpRuleView => ({
  id: rule.id,
  scope: scopeOf(rule),
  organizationId: rule.organizationId,
  range: rule.range,
  action: rule.action,
  appliesTo: rule.appliesTo,
  note: rule.note,
  enabled: rule.enabled,
  expiresAt: rule.expiresAt?.toISOString() ?? null,
  version: rule.version,
  createdAt: rule.createdAt.toISOString(),
  updatedAt: rule.updatedAt.toISOString(),
});
