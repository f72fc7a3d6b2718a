import { hasRole, type Principal, type Role } from '#libs/http';

import { OwnAccountError, UserProtectedError, UserRoleRefusedError } from '../administration.errors';

/** @throws UserProtectedError when the account is more powerful than the caller */
export const assertMayAdminister = (caller: Principal, account: { readonly role: Role }): void => {
  if (!hasRole(caller.role, account.role)) throw new UserProtectedError();
};

/** @throws UserRoleRefusedError for a role above the caller's own */
export const assertMayGive = (caller: Principal, role: Role): void => {
  if (!hasRole(caller.role, role)) throw new UserRoleRefusedError();
};

/** @throws OwnAccountError */
export const assertOther = (caller: Principal, account: { readonly id: string }): void => {
  if (caller.id === account.id) throw new OwnAccountError();
};
