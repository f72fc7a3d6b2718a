import type { FastifyInstance } from 'fastify';

import { InvalidRequestError } from '../problems/invalid-request.error';
import { constraintMessage } from './constraint-messages';
import { inspectInput, NOTHING_DROPPED } from './inspect-input';

/**
 * A body that says `null` is not one that was left out: what it was meant to change is unknown. A list or a bare value has no
 * fields to name in a refusal.
 */
const refuseOtherThanObject = (body: unknown): void => {
  if (body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))) return;
  throw new InvalidRequestError([{ field: 'body', code: 'isObject', message: constraintMessage('isObject') }]);
};

/** Inspects path, query and body of every request after parsing and before guards, pipes and handlers. */
export const registerInputInspection = (fastify: FastifyInstance): void => {
  fastify.addHook('preValidation', (request, _reply, done) => {
    try {
      inspectInput(request.params);
      inspectInput(request.query, NOTHING_DROPPED);
      inspectInput(request.body);
      refuseOtherThanObject(request.body);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
};
