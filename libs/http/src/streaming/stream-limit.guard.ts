import { applyDecorators, Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { KeyedSlots } from '#libs/kernel';

import { storeOf } from '../context/request-store';
import { ApiProblems } from '../problems/api-problems.decorator';
import { TooManyStreamsError } from './too-many-streams.error';

/**
 * More than a person watches and than the documents somebody uploads at once and follows one by one; fifty streams that look
 * at a document each cost a small part of a core.
 */
const STREAMS_PER_CALLER = 50;

/** The requests of each caller that stay open. One for the process, whatever module the route is in. */
@Injectable()
export class OpenStreamSlots extends KeyedSlots {
  constructor() {
    super(STREAMS_PER_CALLER);
  }
}

/** The rate limit counts requests; this counts those that do not end. */
@Injectable()
class StreamLimitGuard implements CanActivate {
  constructor(private readonly slots: OpenStreamSlots) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const principal = storeOf(http.getRequest<FastifyRequest>())?.principal;
    if (!principal) return true;
    const leave = this.slots.take(principal.id);
    if (!leave) throw new TooManyStreamsError();
    http.getResponse<FastifyReply>().raw.once('close', leave);
    return true;
  }
}

/** For routes that answer with a stream of events, or after a long time: a caller may hold a bounded number of them open. */
export const LongLived = (): MethodDecorator =>
  applyDecorators(UseGuards(StreamLimitGuard), ApiProblems(TooManyStreamsError));
