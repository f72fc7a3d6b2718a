import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import createFastify, { type FastifyInstance } from 'fastify';

import type { RequestContext } from '#libs/http';
import { Clock } from '#libs/kernel';
import { ModelUnavailableError } from '#libs/llm';

import { AnswerRun } from '../answering/answer-run';
import type { MessageView } from '../message/message.view';
import { CompletionResponder } from './completion-responder';
import type { WantedCompletion } from './wanted-completion';

const CONTEXT = { locale: 'en', requestId: 'r' } as RequestContext;
const DONE = { id: 'a', content: 'ab', citations: [], sources: [], grounded: false } as unknown as MessageView;
const STREAMED: WantedCompletion = { model: 'myia', isStreamed: true, includeUsage: false, isKept: false };

class StoppedClock extends Clock {
  override now(): Date {
    return new Date(0);
  }
}

describe('An answer handed over as the OpenAI contract has it', () => {
  const responder = new CompletionResponder(CONTEXT, new StoppedClock());
  let fastify: FastifyInstance;
  let run: AnswerRun;
  let outcome: Promise<unknown>;

  beforeEach(() => {
    fastify = createFastify();
    run = new AnswerRun({ id: 'a', conversationId: '', parentId: '' }, 'user');
  });
  afterEach(() => fastify.close());

  /** Answers every request with the run. @returns the address */
  const serve = async (wanted: WantedCompletion): Promise<string> => {
    fastify.get('/', async (request, reply) => {
      outcome = responder.respond(run, wanted, request, reply).catch((error: unknown) => error);
      return outcome;
    });
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    return `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}/`;
  };
  const eventsIn = (text: string): string[] => text.split('\n\n').filter((event) => event !== '');

  it('is a stream of data alone that ends with [DONE]', async () => {
    const address = await serve(STREAMED);
    run.emit({ type: 'token', data: { text: 'ab' } });
    run.emit({ type: 'done', data: DONE });
    const events = eventsIn(await (await fetch(address)).text());
    expect(events.every((event) => /^data: [^\n]+$/.test(event))).toBe(true);
    expect(events.at(-1)).toBe('data: [DONE]');
    expect(await outcome).toBe(DONE);
  });

  it('tells in its own shape what it failed with on the way', async () => {
    const address = await serve(STREAMED);
    const failure = new ModelUnavailableError({ provider: 'ollama', model: 'm', reason: 'timeout' });
    run.emit({ type: 'token', data: { text: 'a' } });
    run.emit({ type: 'error', error: failure });
    const events = eventsIn(await (await fetch(address)).text());
    const [told] = events.filter((event) => event.includes('"error"'));
    expect(JSON.parse(told?.slice('data: '.length) ?? '')).toMatchObject({
      error: { code: 'llm.unavailable', type: 'server_error', param: null },
    });
    expect(await outcome).toBe(failure);
  });

  it.each([
    ['stops when its reader goes away', { ...STREAMED }, true],
    ['stops also when nothing was streamed', { ...STREAMED, isStreamed: false }, true],
    ['goes on when it is kept', { ...STREAMED, isKept: true }, false],
  ])('%s', async (_, wanted, stops) => {
    const address = await serve(wanted);
    const leaving = new AbortController();
    const arrived = once(fastify.server, 'request');
    const asked = fetch(address, { signal: leaving.signal }).catch(() => undefined);
    const [, response] = (await arrived) as [unknown, NodeJS.EventEmitter];
    const closed = once(response, 'close');
    leaving.abort();
    await Promise.all([asked, closed]);
    expect(run.stopped.aborted).toBe(stops);
    run.emit({ type: 'done', data: DONE });
    await outcome;
  });
});
