import { ScopeMissingError } from './access.errors';
import type { Principal } from './principal';
import type { Scope } from './scopes';

/**
 * For what asks for more than the route it is a part of, such as a search that takes a conversation into account.
 * @throws ScopeMissingError for an API key that was not given the scope; people have all their role allows
 */
export const requireScope = ({ scopes }: Principal, scope: Scope): void => {
  if (scopes && !scopes.includes(scope)) throw new ScopeMissingError(scope);
};
