import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import { RateLimitedError } from './rate-limited.error';

/**
 * Second of five guards. Counts per caller when the caller is known, else per address (an IPv6 neighbourhood counts as
 * one), over all routes together.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  /** draft-ietf-httpapi-ratelimit-headers-03: three fields without the old X- prefix. */
  protected override headerPrefix = 'RateLimit';

  protected override async getTracker(request: FastifyRequest): Promise<string> {
    const principal = storeOf(request)?.principal;
    return principal ? `user:${principal.id}` : `address:${await super.getTracker(request)}`;
  }

  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name}:${tracker}`;
  }

  protected override throwThrottlingException(
    context: ExecutionContext,
    { limit, timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    const headers = { 'RateLimit-Limit': limit, 'RateLimit-Remaining': 0, 'RateLimit-Reset': timeToBlockExpire };
    context.switchToHttp().getResponse<FastifyReply>().headers(headers);
    throw new RateLimitedError({ retryAfterSeconds: timeToBlockExpire });
  }
}
