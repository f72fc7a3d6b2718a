import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import type { AccessDeclaration } from './access.decorator';
import { AccessForbiddenError, AuthenticationRequiredError, ScopeMissingError } from './access.errors';
import { hasRole, type Principal } from './principal';
import { accessOf } from './rule-of';

/** Fourth of five guards: enforces the rule of the route. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const declared = accessOf(this.reflector, context);
    if (declared.rule === 'public') return true;
    const store = storeOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (!store?.principal) throw store?.refusal ?? new AuthenticationRequiredError();
    admit(store.principal, declared);
    return true;
  }
}

/** The scope comes first: a key is told what it lacks itself before what its owner lacks. */
const admit = ({ role, scopes }: Principal, { rule, scope }: AccessDeclaration): void => {
  if (scopes && (scope === undefined || !scopes.includes(scope))) throw new ScopeMissingError(scope);
  if (rule !== 'public' && !hasRole(role, rule)) throw new AccessForbiddenError({ needed: rule });
};
