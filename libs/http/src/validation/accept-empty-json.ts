import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, RawServerDefault } from 'fastify';

/**
 * Takes the JSON body of no bytes of a DELETE for no body: many clients name the content type on every request. Where there
 * must be a body, one of no bytes stays an error. Call before `app.init()`.
 */
export const acceptEmptyJson = (app: NestFastifyApplication): void => {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  // Forged prototypes are refused, as by the parser this one stands in for.
  const parse = fastify.getDefaultJsonParser('error', 'error');
  const { bodyLimit } = fastify.initialConfig;
  const options = bodyLimit === undefined ? {} : { bodyLimit };
  app.useBodyParser<RawServerDefault>('application/json', options, (request, body, done) => {
    if (body.length > 0 || request.method !== 'DELETE') return parse(request, body.toString(), done);
    done(null, undefined);
  });
};
