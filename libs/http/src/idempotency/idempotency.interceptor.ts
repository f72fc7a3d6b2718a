import { setTimeout } from 'node:timers/promises';

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, concatMap, defer, from, of, type Observable } from 'rxjs';

import { storeOf } from '../context/request-store';
import {
  IdempotencyKeyReusedError,
  IdempotentRequestInProgressError,
  InvalidIdempotencyKeyError,
} from './idempotency.errors';
import { IDEMPOTENCY_OPTIONS, type IdempotencyOptions } from './idempotency-options';
import {
  IdempotencyStore,
  type IdempotentAnswer,
  type IdempotentAttempt,
  type IdempotentRecord,
} from './idempotency-store';
import { awaitContent, EarlierAnswer } from './received-content';
import { requestHashOf } from './request-hash';

/** Visible ASCII; the length is that of the IETF draft's examples with room to spare. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * A streamed answer reaches its reader a moment before it is kept: who asks again at once is let wait for that, half a
 * second in all, and who meets a request that really is in progress is told so.
 */
const [LOOKS, LOOK_AGAIN_MS] = [20, 25];

/** One request that carries a key. */
interface Exchange {
  readonly place: Omit<IdempotentAttempt, 'requestHash'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly options: IdempotencyOptions;
}

/** Replays the first answer to a repeated POST; see {@link Idempotent}. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const place = placeOf(request);
    if (!place) return next.handle();
    const options = this.reflector.get<IdempotencyOptions>(IDEMPOTENCY_OPTIONS, context.getHandler());
    const exchange = { place, request, reply, options };
    return options.content === 'streamed' ? this.streamed(exchange, next) : this.parsed(exchange, next);
  }

  /** The key is taken before the handler runs. */
  private parsed(exchange: Exchange, next: CallHandler): Observable<unknown> {
    return from(this.reserve(exchange)).pipe(
      concatMap((id) => this.attempt(next, exchange, () => id)),
      catchError((error: unknown) => of(replay(error, exchange.reply))),
    );
  }

  /** The key is taken by the handler, once it knows what it was sent. */
  private streamed(exchange: Exchange, next: CallHandler): Observable<unknown> {
    let id: string | undefined;
    awaitContent(exchange.request, async (digest) => {
      id = await this.reserve(exchange, digest);
    });
    return defer(() => this.attempt(next, exchange, () => id)).pipe(
      catchError((error: unknown) => of(replay(error, exchange.reply))),
    );
  }

  /** @returns the id of the reservation @throws EarlierAnswer, or why there is none */
  private async reserve({ place, request }: Exchange, digest?: string): Promise<string> {
    const requestHash = requestHashOf(request, digest);
    for (let look = 1; ; look += 1) {
      const reservation = await this.store.reserve({ ...place, requestHash });
      if ('id' in reservation) return reservation.id;
      if (reservation.earlier.answer || look === LOOKS)
        throw new EarlierAnswer(answerOf(reservation.earlier, requestHash));
      await setTimeout(LOOK_AGAIN_MS);
    }
  }

  private attempt(next: CallHandler, exchange: Exchange, idOf: () => string | undefined): Observable<unknown> {
    const { reply, options } = exchange;
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        const id = idOf();
        if (id !== undefined) await this.store.release(id);
        throw error;
      }),
      concatMap(async (body: unknown) => {
        const [id, { remember }] = [idOf(), options];
        const answer = { status: reply.statusCode, body: remember ? remember(body) : body };
        if (id !== undefined) await this.store.complete(id, answer);
        return body;
      }),
    );
  }
}

const placeOf = (request: FastifyRequest): Exchange['place'] | undefined => {
  const key = request.headers['idempotency-key'];
  const principal = storeOf(request)?.principal;
  if (key === undefined || !principal) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw new InvalidIdempotencyKeyError();
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  return { userId: principal.id, organizationId: principal.organizationId, route, key };
};

const answerOf = ({ requestHash, answer }: IdempotentRecord, wanted: string): IdempotentAnswer => {
  if (requestHash !== wanted) throw new IdempotencyKeyReusedError();
  if (!answer) throw new IdempotentRequestInProgressError();
  return answer;
};

/** @throws what is not an earlier answer */
const replay = (error: unknown, reply: FastifyReply): unknown => {
  if (!(error instanceof EarlierAnswer)) throw error;
  void reply.status(error.answer.status).header('Idempotency-Replayed', 'true');
  return error.answer.body;
};
