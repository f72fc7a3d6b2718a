import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf, type RequestStore } from '../context/request-store';
import type { AccessRule } from './access.decorator';
import { AddressPolicy, type IncomingCall } from './address-policy';
import { accessOf } from './rule-of';

/**
 * Third of five guards: lets in whom the rules on addresses let in. Behind the rate limit, so that those who are refused are
 * counted; before the rule of the route, so that they learn nothing of it.
 */
@Injectable()
export class AddressGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(AddressPolicy) private readonly policy: AddressPolicy | undefined,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { rule, anywhere } = accessOf(this.reflector, context);
    const store = storeOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (!anywhere) this.policy?.admit(callOf(rule, store));
    return true;
  }
}

const callOf = (rule: AccessRule, { address = '', principal }: Partial<RequestStore> = {}): IncomingCall => ({
  address,
  organizationId: principal?.organizationId,
  isAdministration: rule === 'admin' || rule === 'superuser',
  isApiKey: principal?.apiKeyId !== undefined,
});
