import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

import { NEEDED_FEATURE } from './entitled.decorator';
import type { Feature } from './features';
import { ASKED_FLAG } from './flagged.decorator';
import type { Flag } from './flags';
import { ACCESS_RULE, DEFAULT_RULE, type AccessDeclaration } from './access.decorator';

type Handled = Pick<ExecutionContext, 'getHandler' | 'getClass'>;

/** What a route declares: its own, else its controller's, else the strictest. */
export const accessOf = (reflector: Reflector, route: Handled): AccessDeclaration =>
  reflector.getAllAndOverride<AccessDeclaration | undefined>(ACCESS_RULE, [route.getHandler(), route.getClass()]) ?? {
    rule: DEFAULT_RULE,
  };

/** The feature a route is for; undefined when every plan has it. */
export const featureOf = (reflector: Reflector, route: Handled): Feature | undefined =>
  reflector.getAllAndOverride<Feature | undefined>(NEEDED_FEATURE, [route.getHandler(), route.getClass()]);

/** What administrators may close the route by; undefined when they may not. */
export const flagOf = (reflector: Reflector, route: Handled): Flag | undefined =>
  reflector.getAllAndOverride<Flag | undefined>(ASKED_FLAG, [route.getHandler(), route.getClass()]);
