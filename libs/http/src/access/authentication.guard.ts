import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import { AuthenticationRequiredError } from './access.errors';
import { Authenticator } from './authenticator';
import { ruleOf } from './rule-of';

/**
 * First of three guards: finds out who calls. A refusal is kept for the access guard, so that the rate limit between
 * the two counts every attempt, by caller when known and by address when not.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(Authenticator) private readonly authenticator: Authenticator | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (ruleOf(this.reflector, context) === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const store = storeOf(request);
    if (!store) throw new Error('The request context is missing: configureHttp was not called');
    try {
      store.principal = await this.authenticator?.authenticate(request);
    } catch (error) {
      store.refusal = error instanceof Error ? error : new AuthenticationRequiredError({}, { cause: error });
    }
    return true;
  }
}
