import { Global, Module, Optional, type ExecutionContext } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { ClsModule } from 'nestjs-cls';

import { HttpConfig } from '#libs/config';
import { OrganizationScope } from '#libs/database';
import { Clock } from '#libs/kernel';

import { AccessGuard } from './access/access.guard';
import { AddressGuard } from './access/address.guard';
import { AuthenticationGuard } from './access/authentication.guard';
import { EntitlementGuard } from './access/entitlement.guard';
import { RequestContext } from './context/request-context';
import { storeOf } from './context/request-store';
import { IdempotencyCleanUp } from './idempotency/idempotency-clean-up';
import { IdempotencyStore } from './idempotency/idempotency-store';
import { PostgresIdempotencyStore } from './idempotency/postgres-idempotency-store';
import { ProblemFilter } from './problems/problem.filter';
import { RateLimitGuard } from './rate-limit/rate-limit.guard';
import { WindowStorage } from './rate-limit/window-storage';
import { OpenStreamSlots } from './streaming/stream-limit.guard';

const MINUTE_MS = 60_000;

/** What the plan of the caller's organization says, else what the installation does. */
const limitOf =
  (config: HttpConfig) =>
  (context: ExecutionContext): number =>
    storeOf(context.switchToHttp().getRequest<FastifyRequest>())?.principal?.plan?.requestsPerMinute ??
    config.rateLimitPerMinute;

/**
 * The filter, the five guards in their order and the request context of every HTTP application. The `Authenticator`
 * and the `AddressPolicy` come from global modules; in a process without the first, only public routes answer.
 */
@Global()
@Module({
  imports: [
    ClsModule.forRoot({ global: true }),
    ThrottlerModule.forRootAsync({
      inject: [HttpConfig, Clock],
      useFactory: (config: HttpConfig, clock: Clock) => ({
        storage: new WindowStorage(clock),
        throttlers: [{ name: 'default', limit: limitOf(config), ttl: MINUTE_MS }],
      }),
    }),
  ],
  providers: [
    IdempotencyCleanUp,
    OpenStreamSlots,
    RequestContext,
    { provide: IdempotencyStore, useClass: PostgresIdempotencyStore },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AddressGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: EntitlementGuard },
  ],
  exports: [RequestContext, IdempotencyStore, OpenStreamSlots],
})
export class HttpModule {
  /** From here on statements see the rows of the organization of whoever called. */
  constructor(context: RequestContext, @Optional() scopes?: OrganizationScope) {
    scopes?.derive(() => context.reach);
  }
}
