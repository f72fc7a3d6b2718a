import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import { requireFeature } from './require-feature';
import { featureOf } from './rule-of';

/** Last of five guards: the role lets the caller in, now the plan of the organization must have what the route is for. */
@Injectable()
export class EntitlementGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const feature = featureOf(this.reflector, context);
    if (feature) requireFeature(storeOf(context.switchToHttp().getRequest<FastifyRequest>())?.principal, feature);
    return true;
  }
}
