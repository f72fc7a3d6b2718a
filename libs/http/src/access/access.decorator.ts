import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';

import { ApiProblems } from '../problems/api-problems.decorator';
import { AccessForbiddenError, AuthenticationRequiredError } from './access.errors';
import type { Role } from './principal';

/** Who may call a route: anyone, or a signed-in caller of at least this role. */
export type AccessRule = 'public' | Role;

export const ACCESS_RULE = Symbol('http:access-rule');

/** What a route without {@link Access} demands: silence is not permission. */
export const DEFAULT_RULE: AccessRule = 'superuser';

const documentation = (rule: AccessRule): (ClassDecorator & MethodDecorator)[] => {
  if (rule === 'public') return [];
  const refusals =
    rule === 'user' ? [AuthenticationRequiredError] : [AuthenticationRequiredError, AccessForbiddenError];
  return [ApiBearerAuth(), ApiProblems(...refusals)];
};

/** Says who may call a route or every route of a controller, to the guard and to the OpenAPI document at once. */
export const Access = (rule: AccessRule): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS_RULE, rule), ...documentation(rule));
