import type { ProvenIdentity } from './identity-provider';

/** As a provider sends them: anything JSON can say, under any name. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** More are a mistake of the provider, not a person's. */
const MAX_GROUPS = 500;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** As they are: a name that is only similar is another group. */
const groupsOf = (value: unknown): string[] =>
  [value]
    .flat()
    .filter((group) => typeof group === 'string')
    .slice(0, MAX_GROUPS);

/** What of a provider's claims counts here. Some providers send `email_verified` as a text. */
export const toIdentity = (claims: Claims, groupsClaim: string): ProvenIdentity => ({
  issuer: claims.iss,
  subject: claims.sub,
  email: textOf(claims['email']),
  emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
  displayName: textOf(claims['name']) ?? textOf(claims['preferred_username']),
  groups: groupsOf(claims[groupsClaim]),
});
