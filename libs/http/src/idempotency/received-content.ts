import { createHash } from 'node:crypto';

import type { FastifyRequest } from 'fastify';

import type { IdempotentAnswer } from './idempotency-store';

/** Takes the key for what was received. @throws {@link EarlierAnswer} when the same was received before */
export type Claim = (digest: string) => Promise<void>;

/** By raw request, as everything that belongs to one. */
const claims = new WeakMap<object, Claim>();

export const awaitContent = (request: FastifyRequest, claim: Claim): void => {
  claims.set(request.raw, claim);
};

/** Not a failure: unwinds a handler whose answer is known already. The interceptor sends it. */
export class EarlierAnswer extends Error {
  constructor(readonly answer: IdempotentAnswer) {
    super('The same content was answered before');
  }
}

/**
 * For routes of `@Idempotent({ content: 'streamed' })`: tells what has arrived, before anything is done with it. Does nothing
 * for a request without an `Idempotency-Key`.
 *
 * @param content whatever tells two contents apart, such as names and hashes; JSON
 * @throws EarlierAnswer to be let through: undo what was stored of this request, as after any failure
 * @throws IdempotencyKeyReusedError, IdempotentRequestInProgressError
 */
export const contentReceived = async (request: FastifyRequest, content: unknown): Promise<void> => {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  await claims.get(request.raw)?.(digest);
};
