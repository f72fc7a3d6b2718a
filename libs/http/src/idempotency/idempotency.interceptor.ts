import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, concatMap, from, of, type Observable } from 'rxjs';

import { storeOf } from '../context/request-store';
import {
  IdempotencyKeyReusedError,
  IdempotentRequestInProgressError,
  InvalidIdempotencyKeyError,
} from './idempotency.errors';
import { IDEMPOTENCY_OPTIONS, type IdempotencyOptions } from './idempotency-options';
import { IdempotencyStore, type IdempotentAttempt, type IdempotentRecord } from './idempotency-store';
import { requestHashOf } from './request-hash';

/** Visible ASCII; the length is that of the IETF draft's examples with room to spare. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Replays the first answer to a repeated POST; see {@link Idempotent}. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const attempt = attemptOf(http.getRequest<FastifyRequest>());
    if (!attempt) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    return from(this.store.reserve(attempt)).pipe(
      concatMap((reservation) =>
        'id' in reservation
          ? this.attempt(reservation.id, context, next)
          : of(replay(reservation.earlier, attempt.requestHash, reply)),
      ),
    );
  }

  private attempt(id: string, context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { remember } = this.reflector.get<IdempotencyOptions>(IDEMPOTENCY_OPTIONS, context.getHandler());
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const keep = async (body: unknown): Promise<unknown> => {
      const answer = { status: reply.statusCode, body: remember ? remember(body) : body };
      await this.store.complete(id, answer);
      return body;
    };
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        await this.store.release(id);
        throw error;
      }),
      concatMap(keep),
    );
  }
}

const attemptOf = (request: FastifyRequest): IdempotentAttempt | undefined => {
  const key = request.headers['idempotency-key'];
  const principal = storeOf(request)?.principal;
  if (key === undefined || !principal) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw new InvalidIdempotencyKeyError();
  return {
    userId: principal.id,
    organizationId: principal.organizationId,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
    key,
    requestHash: requestHashOf(request),
  };
};

const replay = ({ requestHash, answer }: IdempotentRecord, wanted: string, reply: FastifyReply): unknown => {
  if (requestHash !== wanted) throw new IdempotencyKeyReusedError();
  if (!answer) throw new IdempotentRequestInProgressError();
  void reply.status(answer.status).header('Idempotency-Replayed', 'true');
  return answer.body;
};
