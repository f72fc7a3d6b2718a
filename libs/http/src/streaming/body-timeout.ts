import type { FastifyInstance } from 'fastify';

const hasBody = (headers: Readonly<Record<string, unknown>>): boolean =>
  'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;

/**
 * Cuts the connection of a client that stops sending in the middle of a body: it would hold a socket and half a file for ever.
 * The time between two pieces is bounded, not the whole, because a large upload over a slow line is no fault.
 *
 * @param idleMs longest silence, in milliseconds
 */
export const registerBodyTimeout = (fastify: FastifyInstance, idleMs: number): void => {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    if (hasBody(raw.headers)) {
      const { socket } = raw;
      // Nobody listens for the timeout, so that Node destroys the socket and the reader of the body fails.
      socket.setTimeout(idleMs);
      // Once everything has arrived, the answer may take its time.
      raw.once('close', () => socket.setTimeout(0));
      raw.once('end', () => socket.setTimeout(0));
    }
    done();
  });
};
