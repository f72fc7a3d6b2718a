import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

export const IP_RULE_ACTIONS = ['allow', 'deny'] as const;
export type IpRuleAction = (typeof IP_RULE_ACTIONS)[number];

/** Which calls a rule is about: all, those to routes for administrators, or those with an API key. */
export const IP_RULE_TARGETS = ['everything', 'administration', 'api-keys'] as const;
export type IpRuleTarget = (typeof IP_RULE_TARGETS)[number];

/** Which addresses may call an organization, or the platform: then the organization is the platform's. */
@Entity('ip_rule')
export class IpRuleEntity extends BaseEntity {
  /** As `normalizeIpRange` writes it. */
  @Column('text')
  range!: string;

  @Column('text')
  action!: IpRuleAction;

  @Column('text')
  appliesTo!: IpRuleTarget;

  @Column('text')
  note!: string;

  @Column('boolean')
  enabled!: boolean;

  /** Null: for good. */
  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;
}
