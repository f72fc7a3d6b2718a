import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ClsServiceManager } from 'nestjs-cls';

import type { Locale } from '#libs/kernel';

import { negotiateLocale } from './negotiate-locale';
import { requestIdFrom } from './request-id';
import { attachStore, storeOf, type RequestStore } from './request-store';
import { traceparentFrom } from './traceparent';

/** Enough to recognize a program; the rest of the header is noise. */
const USER_AGENT_LENGTH = 200;

const openStore = ({ headers, ip }: FastifyRequest, defaultLocale: Locale): RequestStore => ({
  crossesOrganizations: false,
  requestId: requestIdFrom(headers['x-request-id']),
  locale: negotiateLocale(headers['accept-language'], defaultLocale),
  traceparent: traceparentFrom(headers.traceparent),
  address: ip,
  userAgent: headers['user-agent']?.slice(0, USER_AGENT_LENGTH),
});

/**
 * Opens the request context in Fastify hooks rather than in a Nest middleware: it then also covers unknown routes and
 * unreadable bodies. Entered a second time after the body has been read, because reading it leaves the async context
 * (https://github.com/nodejs/node/issues/34430).
 */
export const registerRequestContext = (fastify: FastifyInstance, defaultLocale: () => Locale): void => {
  const cls = ClsServiceManager.getClsService<RequestStore>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const store = openStore(request, defaultLocale());
    attachStore(request, store);
    reply.header('X-Request-Id', store.requestId);
    reply.raw.setHeader('X-Request-Id', store.requestId);
    cls.runWith(store, done);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    const store = storeOf(request);
    if (store) cls.runWith(store, done);
    else done();
  });
};
