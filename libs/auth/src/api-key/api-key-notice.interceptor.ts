import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

import { storeOf } from '#libs/http';
import { Clock } from '#libs/kernel';

import { notedExpiry } from './api-key-notice';
import { expiresSoon } from './expiry';

/** Absent while there is time; programs that see it tell their operator. */
const EXPIRY_HEADER = 'X-Api-Key-Expires-At';

/** Warns every caller whose key, or the old secret of a rotated one, ends within two weeks. */
@Injectable()
export class ApiKeyNoticeInterceptor implements NestInterceptor {
  constructor(private readonly clock: Clock) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const expiresAt = notedExpiry(storeOf(http.getRequest<FastifyRequest>()));
    if (expiresAt && expiresSoon(expiresAt, this.clock.now())) {
      void http.getResponse<FastifyReply>().header(EXPIRY_HEADER, expiresAt.toISOString());
    }
    return next.handle();
  }
}
