import type { FastifyInstance, FastifyRequest } from 'fastify';

interface Endable {
  end(): void;
}

/** By HTTP server, because one process can hold several applications (tests do). */
const open = new WeakMap<object, Set<Endable>>();

/** @returns what to call when the stream is over */
export const trackStream = ({ server }: FastifyRequest, stream: Endable): (() => void) => {
  const streams = open.get(server.server) ?? new Set();
  open.set(server.server, streams.add(stream));
  return () => streams.delete(stream);
};

/** Ends open streams when the server closes: they would keep it, and the process, alive for ever. Clients reconnect. */
export const registerStreamShutdown = (fastify: FastifyInstance): void => {
  fastify.addHook('preClose', (done) => {
    for (const stream of open.get(fastify.server) ?? []) stream.end();
    done();
  });
};
