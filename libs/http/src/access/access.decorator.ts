import { SetMetadata } from '@nestjs/common';

import type { Role } from './principal';

/** Who may call a route: anyone, or a signed-in caller of at least this role. */
export type AccessRule = 'public' | Role;

export const ACCESS_RULE = Symbol('http:access-rule');

/** What a route without {@link Access} demands: silence is not permission. */
export const DEFAULT_RULE: AccessRule = 'superuser';

/**
 * Says who may call a route or every route of a controller, to the guard and to the OpenAPI document at once: the document
 * takes security and refusals from the rule that really applies (`documentAccess`), not from a second set of decorators.
 */
export const Access = (rule: AccessRule): ClassDecorator & MethodDecorator => SetMetadata(ACCESS_RULE, rule);
