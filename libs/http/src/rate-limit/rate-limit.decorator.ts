import { applyDecorators, type ExecutionContext } from '@nestjs/common';
import { SkipThrottle, Throttle } from '@nestjs/throttler';

import { ApiProblems } from '../problems/api-problems.decorator';
import { RateLimitedError } from './rate-limited.error';

const keyOfRoute = (context: ExecutionContext, tracker: string): string =>
  `${context.getClass().name}.${context.getHandler().name}:${tracker}`;

/** A limit of its own for one route, apart from the caller's general one: for sign-in and whatever is dear or guessable. */
export const RateLimit = (limit: { readonly requests: number; readonly perSeconds: number }): MethodDecorator =>
  applyDecorators(
    Throttle({ default: { limit: limit.requests, ttl: limit.perSeconds * 1000, generateKey: keyOfRoute } }),
    ApiProblems(RateLimitedError),
  );

/** For what probes and scrapers call: never counted, never refused. */
export const Unlimited = (): ClassDecorator & MethodDecorator => SkipThrottle();
