import type { Scope } from './organization-scope';

/** Reads and writes rows of one organization: the policies of every table say so. Owns nothing and cannot sign in. */
export const ORGANIZATION_ROLE = 'my_ia_app';
/** For work across organizations: sign-in, recovery, the platform's administration. Owns nothing and cannot sign in either. */
export const PLATFORM_ROLE = 'my_ia_platform';
/** Names the organization to the policies; nothing set is no organization, and no rows. */
export const ORGANIZATION_SETTING = 'my_ia.organization';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** @throws Error for what is no UUID: it goes into a statement that takes no parameters */
const settingOf = (scope: Scope): string => {
  if (typeof scope !== 'object') return '';
  if (!UUID.test(scope.organizationId)) throw new Error('An organization is named by its UUID');
  return scope.organizationId;
};

/** Statements, sent as one, that put a connection into a scope. @param local for the transaction in progress only */
export const enterScope = (scope: Scope, local = false): string => {
  const role = scope === 'platform' ? PLATFORM_ROLE : ORGANIZATION_ROLE;
  const set = local ? 'SET LOCAL' : 'SET';
  return `${set} ROLE ${role}; ${set} ${ORGANIZATION_SETTING} = '${settingOf(scope)}'`;
};
