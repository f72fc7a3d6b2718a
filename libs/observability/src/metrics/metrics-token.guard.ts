import { createHash, timingSafeEqual } from 'node:crypto';

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { ObservabilityConfig } from '#libs/config';

import { MetricsTokenError } from './metrics-token.error';

/** Digests have one length, which timingSafeEqual demands, and tell nothing about the token's. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets a scraper in when METRICS_TOKEN is not set or presented as bearer; compared in constant time. */
@Injectable()
export class MetricsTokenGuard implements CanActivate {
  constructor(private readonly config: ObservabilityConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { metricsToken } = this.config;
    if (metricsToken === undefined) return true;
    const { authorization = '' } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (!timingSafeEqual(digest(authorization), digest(`Bearer ${metricsToken}`))) throw new MetricsTokenError();
    return true;
  }
}
