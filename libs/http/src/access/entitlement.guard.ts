import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import { FeatureClosedError } from './access.errors';
import { FlagPolicy } from './flag-policy';
import type { Principal } from './principal';
import { requireFeature } from './require-feature';
import { featureOf, flagOf } from './rule-of';

/**
 * Last of five guards: the role lets the caller in, now the plan of the organization must have what the route is for, and no
 * administrator may have closed it.
 */
@Injectable()
export class EntitlementGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(FlagPolicy) private readonly flags: FlagPolicy | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const principal = storeOf(context.switchToHttp().getRequest<FastifyRequest>())?.principal;
    const feature = featureOf(this.reflector, context);
    if (feature) requireFeature(principal, feature);
    await this.requireOpen(context, principal);
    return true;
  }

  private async requireOpen(context: ExecutionContext, principal: Principal | undefined): Promise<void> {
    const flag = flagOf(this.reflector, context);
    if (!flag || !this.flags) return;
    if (!principal || !(await this.flags.isOpen(flag, principal))) throw new FeatureClosedError(flag);
  }
}
