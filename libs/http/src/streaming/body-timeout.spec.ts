import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import createFastify, { type FastifyInstance } from 'fastify';

import { registerBodyTimeout } from './body-timeout';

const IDLE_MS = 200;

describe('The body timeout', () => {
  let fastify: FastifyInstance;
  let read: string[];
  beforeEach(async () => {
    read = [];
    fastify = createFastify();
    registerBodyTimeout(fastify, IDLE_MS);
    fastify.addContentTypeParser('text/stream', (_request, _payload, done) => done(null));
    fastify.post('/', async ({ raw }) => {
      try {
        for await (const bytes of raw) read.push(String(bytes));
      } catch {
        read.push('broken off');
      }
      // Longer than the client may be silent: the silence of a client that waits for an answer is none.
      await delay(3 * IDLE_MS);
      return 'done';
    });
    await fastify.listen({ port: 0 });
  });
  afterEach(() => fastify.close());

  const begin = (length: number) => {
    const socket = connect((fastify.server.address() as AddressInfo).port);
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/stream\r\nContent-Length: ${length}\r\n\r\n`);
    return socket;
  };

  it('cuts a client off that stops in the middle, and tells the reader', async () => {
    const socket = begin(100);
    socket.write('half');
    await once(socket, 'close');
    while (read.length < 2) await delay(10);
    expect(read).toEqual(['half', 'broken off']);
  });

  it('lets a slow client finish and wait for its answer', async () => {
    const socket = begin(4);
    for (const letter of 'slow') {
      socket.write(letter);
      await delay(IDLE_MS / 4);
    }
    const [answer] = (await once(socket, 'data')) as [string];
    expect(answer).toMatch(/^HTTP\/1.1 200 OK[^]*done$/);
    expect(read.join('')).toBe('slow');
    socket.destroy();
  });
});
