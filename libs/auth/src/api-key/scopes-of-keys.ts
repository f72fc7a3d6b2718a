import type { Scope } from '#libs/http';

import type { UserEntity } from '../user/user.entity';
import { ApiKeyPrivateScopeError, ApiKeyScopeNotAllowedError } from './api-key.errors';

/**
 * What tells texts of documents and conversations. Administrators may not read those of a person, so a key that somebody else
 * holds does not open them. An account nobody ever signed in to is a program's: there is nothing private in it.
 */
export const PRIVATE_SCOPES: readonly Scope[] = ['search', 'documents:read', 'chat'];

type Owner = Pick<UserEntity, 'id' | 'role' | 'lastSignInAt'>;

/** A scope is no role: what the key may really do is decided on each request, by its owner's role of that moment. */
export const assertRoleMayHave = ({ role }: Pick<Owner, 'role'>, scopes: readonly Scope[]): void => {
  if (scopes.includes('admin') && role === 'user') throw new ApiKeyScopeNotAllowedError({ scope: 'admin' });
};

/**
 * @param issuedBy who holds the secret
 * @throws ApiKeyScopeNotAllowedError, ApiKeyPrivateScopeError
 */
export const assertOwnerMayHave = (owner: Owner, scopes: readonly Scope[], issuedBy: string | null): void => {
  assertRoleMayHave(owner, scopes);
  if (issuedBy === owner.id || owner.lastSignInAt === null) return;
  const scope = scopes.find((wanted) => PRIVATE_SCOPES.includes(wanted));
  if (scope !== undefined) throw new ApiKeyPrivateScopeError({ scope });
};
