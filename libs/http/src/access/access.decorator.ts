import { SetMetadata } from '@nestjs/common';

import type { Role } from './principal';
import type { Scope } from './scopes';

/** Who may call a route: anyone, or a signed-in caller of at least this role. */
export type AccessRule = 'public' | Role;

/** All a route says about its callers; one piece, so that a method's own rule never inherits its controller's scope. */
export interface AccessDeclaration {
  readonly rule: AccessRule;
  /** What an API key must be allowed to do. Absent: no API key may call the route, whatever its scopes. */
  readonly scope?: Scope | undefined;
  /** The route works before it is known of which organization the caller is, such as a sign-in. Absent: it sees no rows then. */
  readonly across?: boolean | undefined;
  /** The rules on addresses do not hold here: whoever watches the service may be anywhere. */
  readonly anywhere?: boolean | undefined;
}

export const ACCESS_RULE = Symbol('http:access-rule');

/** What a route without {@link Access} demands: silence is not permission. */
export const DEFAULT_RULE: AccessRule = 'superuser';

/**
 * Says who may call a route or every route of a controller, to the guard and to the OpenAPI document at once: the document
 * takes security and refusals from the rule that really applies (`documentAccess`), not from a second set of decorators.
 *
 * @param options `across`: the route reads rows of any organization, for the caller's is not known yet; for public ones. `anywhere`: no rule on addresses holds. `scope`: opens the route to API keys that have it. Without one it is closed to every key.
 */
export const Access = (
  rule: AccessRule,
  { scope, across, anywhere }: { readonly scope?: Scope; readonly across?: boolean; readonly anywhere?: boolean } = {},
): ClassDecorator & MethodDecorator =>
  SetMetadata<symbol, AccessDeclaration>(ACCESS_RULE, { rule, scope, across, anywhere });
