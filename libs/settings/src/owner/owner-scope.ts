import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { AccessForbiddenError, hasRole, type Principal } from '#libs/http';

/** What a row is about: one organization, or the platform with all of them. */
export const OWNER_SCOPES = ['organization', 'platform'] as const;
export type OwnerScope = (typeof OWNER_SCOPES)[number];

export const scopeOf = ({ organizationId }: { readonly organizationId: string }): OwnerScope =>
  organizationId === PLATFORM_ORGANIZATION_ID ? 'platform' : 'organization';

/**
 * The fields that give a new row to the platform; none where it is an organization's.
 * @throws AccessForbiddenError when somebody else than a superuser means the platform
 */
export const ownerOf = ({ role }: Principal, scope: OwnerScope): { readonly organizationId?: string } => {
  if (scope === 'organization') return {};
  if (!hasRole(role, 'superuser')) throw new AccessForbiddenError({ needed: 'superuser' });
  return { organizationId: PLATFORM_ORGANIZATION_ID };
};
