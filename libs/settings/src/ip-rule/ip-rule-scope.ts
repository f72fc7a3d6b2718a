import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';

/** Whose calls a rule is about: those of one organization, or all of them. */
export const IP_RULE_SCOPES = ['organization', 'platform'] as const;
export type IpRuleScope = (typeof IP_RULE_SCOPES)[number];

export const scopeOf = ({ organizationId }: { readonly organizationId: string }): IpRuleScope =>
  organizationId === PLATFORM_ORGANIZATION_ID ? 'platform' : 'organization';
