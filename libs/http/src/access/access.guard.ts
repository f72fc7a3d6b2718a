import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import { AccessForbiddenError, AuthenticationRequiredError } from './access.errors';
import { hasRole } from './principal';
import { ruleOf } from './rule-of';

/** Last of three guards: enforces the rule of the route. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = ruleOf(this.reflector, context);
    if (rule === 'public') return true;
    const store = storeOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (!store?.principal) throw store?.refusal ?? new AuthenticationRequiredError();
    if (!hasRole(store.principal.role, rule)) throw new AccessForbiddenError({ needed: rule });
    return true;
  }
}
