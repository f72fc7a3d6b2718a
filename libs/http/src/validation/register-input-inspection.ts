import type { FastifyInstance } from 'fastify';

import { inspectInput } from './inspect-input';

/** Inspects path, query and body of every request after parsing and before guards, pipes and handlers. */
export const registerInputInspection = (fastify: FastifyInstance): void => {
  fastify.addHook('preValidation', (request, _reply, done) => {
    try {
      inspectInput(request.params);
      inspectInput(request.query);
      inspectInput(request.body);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
};
