import { get as rawGet, type IncomingMessage } from 'node:http';

import { startToyApi, type ToyApi } from './toy-api';

const open = (url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => rawGet(url, { headers }, resolve).on('error', reject));

const textOf = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
};

describe('Event streams', () => {
  let api: ToyApi;
  beforeEach(async () => {
    api = await startToyApi({ env: { CORS_ORIGINS: 'https://app.example' } });
  });
  afterEach(() => api.app.close());
  const url = (query = '') => `${api.url}/api/v1/toys/stream${query}`;

  it('sends events with ids, heartbeats between them, and no field that a value smuggles in', async () => {
    const text = await textOf(await open(url()));
    const events = text.split('\n\n').filter((frame) => frame !== '' && !frame.startsWith(':'));
    expect(events).toEqual([
      'id: 1\nevent: token\ndata: {"text":"one\\ntwo"}',
      'id: 2event: forged\nevent: done\ndata: {"ok":true}',
    ]);
    expect(text).toContain(': heartbeat\n\n');
    expect(text).not.toContain('never');
  });

  it('carries the headers set so far, CORS included, and is never compressed', async () => {
    const response = await open(url(), { Origin: 'https://app.example', 'Accept-Encoding': 'br, gzip' });
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'access-control-allow-origin': 'https://app.example',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers['x-request-id']).toBeDefined();
    expect(response.headers['content-encoding']).toBeUndefined();
    await textOf(response);
  });

  it('ends without crashing when the handler throws after the headers', async () => {
    expect(await textOf(await open(url('?fail=1')))).toMatch(/^id: 1/);
    expect((await open(`${api.url}/health/live`)).statusCode).toBe(200);
  });

  it('tells the producer when the client goes away', async () => {
    const response = await open(url('?endless=1'));
    response.once('data', () => response.destroy());
    response.on('error', () => undefined);
    await api.toys.lastStreamAborted.promise;
  });

  it('ends with the server instead of keeping it alive', async () => {
    const response = await open(url('?endless=1'));
    const ended = textOf(response).catch(() => '');
    await api.app.close();
    await api.toys.lastStreamAborted.promise;
    await ended;
    api = await startToyApi();
  });
});
