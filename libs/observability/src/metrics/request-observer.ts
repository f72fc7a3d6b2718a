import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { storeOf } from '#libs/http';

import { Metrics } from './metrics';

/** Label of requests that match no route: their addresses are anything an attacker can think of. */
const UNMATCHED = 'unmatched';

/** Called every few seconds by machines; at `info` they would drown the rest. */
const QUIET = /^\/(?:health|metrics)(?:\/|$)/;

/** Measures and logs every request when its answer has ended, refused and unmatched ones included. */
@Injectable()
export class RequestObserver {
  private readonly logger = new Logger('Request');

  constructor(private readonly metrics: Metrics) {}

  observe(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? UNMATCHED;
      this.metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
      this.log(request, reply, route);
      done();
    });
  }

  /** The route's pattern and never the address: ids and search texts do not belong into a log. */
  private log(request: FastifyRequest, reply: FastifyReply, route: string): void {
    const store = storeOf(request);
    const line = {
      msg: `${request.method} ${route} ${reply.statusCode}`,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      requestId: store?.requestId,
      userId: store?.principal?.id,
      traceparent: store?.traceparent,
    };
    if (QUIET.test(route)) this.logger.debug(line);
    else this.logger.log(line);
  }
}
