import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf, type RequestStore } from '../context/request-store';
import { AuthenticationRequiredError } from './access.errors';
import { Authenticator } from './authenticator';
import type { AccessDeclaration } from './access.decorator';
import { hasRole, type Principal } from './principal';
import { accessOf } from './rule-of';

/**
 * First of five guards: finds out who calls. A refusal is kept for the access guard, so that the rate limit between
 * the two counts every attempt, by caller when known and by address when not.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(Authenticator) private readonly authenticator: Authenticator | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const store = storeOf(request);
    if (!store) throw new Error('The request context is missing: configureHttp was not called');
    const declared = accessOf(this.reflector, context);
    if (declared.rule !== 'public') await this.authenticate(request, store);
    store.crossesOrganizations = crosses(declared, store.principal);
    return true;
  }

  /** Credentials are looked up among those of all organizations. */
  private async authenticate(request: FastifyRequest, store: RequestStore): Promise<void> {
    store.crossesOrganizations = true;
    try {
      store.principal = await this.authenticator?.authenticate(request);
    } catch (error) {
      store.refusal = error instanceof Error ? error : new AuthenticationRequiredError({}, { cause: error });
    }
  }
}

/** Superusers administer the platform; in what they do as users they are of their organization like everybody. */
const crosses = ({ rule, across = false }: AccessDeclaration, principal: Principal | undefined): boolean =>
  rule === 'public' ? across : rule !== 'user' && principal !== undefined && hasRole(principal.role, 'superuser');
