import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';

import createFastify, { type FastifyInstance } from 'fastify';

import { openEventStream, type EventStream } from './event-stream';

/** More than the sockets of both ends take in. */
const MUCH = 'x'.repeat(16 * 1024 * 1024);

describe('A stream of events', () => {
  let fastify: FastifyInstance;
  let opened: Promise<EventStream>;
  beforeEach(async () => {
    fastify = createFastify();
    opened = new Promise((resolve) => {
      fastify.get('/', (request, reply) => resolve(openEventStream(reply, request, { heartbeatMs: 20 })));
    });
    await fastify.listen({ port: 0 });
  });
  afterEach(() => fastify.close());
  const listen = () => {
    const socket = connect((fastify.server.address() as AddressInfo).port);
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  };

  it('makes its writer wait for a client that does not read, and lets go of one that never does', async () => {
    const socket = listen();
    const stream = await opened;
    socket.pause();
    let isSent = false;
    const sending = stream.send(1, 'token', { text: MUCH }).then(() => (isSent = true));
    expect(isSent).toBe(false);
    if (!stream.closed.aborted) await once(stream.closed, 'abort');
    await sending;
    socket.destroy();
  });

  it('stays open for a client that reads, however little there is to read', async () => {
    const socket = listen();
    const stream = await opened;
    let beats = 0;
    socket.on('data', (bytes: Buffer) => (beats += bytes.toString().split('heartbeat').length - 1));
    while (beats < 20) await once(socket, 'data');
    expect(stream.closed.aborted).toBe(false);
    socket.destroy();
  });
});
