import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

import { ACCESS_RULE, DEFAULT_RULE, type AccessRule } from './access.decorator';

type Handled = Pick<ExecutionContext, 'getHandler' | 'getClass'>;

/** The rule of a route: its own, else its controller's, else the strictest. */
export const ruleOf = (reflector: Reflector, route: Handled): AccessRule =>
  reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [route.getHandler(), route.getClass()]) ??
  DEFAULT_RULE;
