import type { MessageView } from '#libs/chat';
import { eventually } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer } from '#test/support/ollama-server';

import { addHandbook } from './support/handbook';
import { allEvents, openEvents, readEvents, type ReceivedEvent } from './support/sse';

const MESSAGE = 'Combien de jours de congés annuels par an ?';
const types = (events: readonly ReceivedEvent[]): string[] => [...new Set(events.map(({ type }) => type))];
const tokens = (events: readonly ReceivedEvent[]): string =>
  events.flatMap(({ type, data }) => (type === 'token' ? [data.text] : [])).join('');
const doneOf = (events: readonly ReceivedEvent[]): MessageView => events.at(-1)!.data as unknown as MessageView;

describe('Chat as server-sent events, with a model server', () => {
  let ollama: OllamaProtocolServer;
  let api: TestApi;
  let user: TestUser;

  beforeAll(async () => {
    ollama = await OllamaProtocolServer.start({ msPerToken: 20 });
    api = await TestApi.start({
      OLLAMA_URL: ollama.url,
      LLM_PROVIDER: 'ollama',
      OLLAMA_IDLE_TIMEOUT_MS: '2000',
      OLLAMA_FIRST_TOKEN_TIMEOUT_MS: '2000',
    });
    user = await api.createUser();
    await addHandbook(api, user);
  });
  afterEach(() => {
    ollama.mode = 'ok';
  });
  afterAll(async () => {
    await api.close();
    await ollama.stop();
  });

  const url = (path: string): string => `${api.url}/api/v1${path}`;
  const open = (signal?: AbortSignal, headers?: Record<string, string>): Promise<Response> =>
    openEvents(
      { token: user.accessToken, body: { message: MESSAGE }, ...(signal && { signal }), ...(headers && { headers }) },
      url('/chat'),
    );
  const follow = (id: string, lastEventId?: number): Promise<Response> =>
    openEvents(
      {
        method: 'GET',
        token: user.accessToken,
        ...(lastEventId !== undefined && { headers: { 'Last-Event-ID': String(lastEventId) } }),
      },
      url(`/messages/${id}/events`),
    );
  const message = async (id: string): Promise<MessageView> =>
    (await api.http(user).get(`/messages/${id}`).expect(200)).body as MessageView;
  const finished = (id: string): Promise<MessageView> =>
    eventually(
      () => message(id),
      ({ status }) => status !== 'writing',
    );

  /** Reads until `enough`, then goes away. */
  const readSome = async (enough: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent[]> => {
    const leaving = new AbortController();
    const events: ReceivedEvent[] = [];
    for await (const event of readEvents(await open(leaving.signal))) {
      events.push(event);
      if (enough(event)) break;
    }
    leaving.abort();
    return events;
  };

  it('sends message, sources, tokens, citations and done, numbered from 1', async () => {
    const response = await open();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    const events = await allEvents(response);
    expect(types(events)).toEqual(['message', 'sources', 'token', 'citations', 'done']);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, place) => place + 1));
    const done = doneOf(events);
    expect(done).toMatchObject({ grounded: true, provider: 'ollama', model: 'mistral', status: 'complete' });
    expect(tokens(events)).toBe(done.content);
    expect(events[0]!.data).toEqual({ id: done.id, conversationId: done.conversationId, parentId: done.parentId });
    expect(events.at(-2)!.data).toEqual({ citations: done.citations });
    expect(await message(done.id)).toEqual(done);
  });

  it('sends tokens while the model still writes', async () => {
    for await (const { type } of readEvents(await open())) {
      if (type !== 'token') continue;
      const call = ollama.to('/api/chat').at(-1)!;
      expect(await Promise.race([call.over, Promise.resolve('writing')])).toBe('writing');
      break;
    }
  });

  it('goes on without its reader, who resumes after the last event it has', async () => {
    const events = await readSome(({ type }) => type === 'token');
    const last = events.at(-1)!;
    const rest = await allEvents(await follow(events[0]!.data.id as string, last.id));
    expect(rest[0]!.id).toBe(last.id + 1);
    const done = doneOf(rest);
    expect(done).toMatchObject({ status: 'complete', grounded: true });
    expect(tokens([...events, ...rest])).toBe(done.content);
  });

  it('can be read later when nobody stayed', async () => {
    const [first] = await readSome(({ type }) => type === 'message');
    expect(await finished(first!.data.id as string)).toMatchObject({ status: 'complete', grounded: true });
  });

  it.each([
    ['a stream', () => readSome(({ type }) => type === 'token')],
    [
      'the whole',
      async () => {
        const before = ollama.to('/api/chat').length;
        const leaving = new AbortController();
        const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${user.accessToken}` };
        const body = JSON.stringify({ message: MESSAGE });
        const asked = fetch(url('/chat'), { method: 'POST', headers, body, signal: leaving.signal }).catch(
          () => undefined,
        );
        await eventually(
          () => Promise.resolve(ollama.to('/api/chat').length),
          (calls) => calls > before,
        );
        leaving.abort();
        await asked;
      },
    ],
  ])(
    'is stopped, and the model with it, when the only one who waited for %s has left for good',
    async (_what, askAndLeave) => {
      ollama.mode = 'stall';
      await askAndLeave();
      await expect(ollama.to('/api/chat').at(-1)!.over).resolves.toBe('early');
      const conversations = await api.http(user).get('/conversations?sort=-createdAt&pageSize=1').expect(200);
      const [{ id }] = (conversations.body as { items: [{ id: string }] }).items;
      const messages = await api.http(user).get(`/conversations/${id}/messages`).expect(200);
      const answer = (messages.body as { items: MessageView[] }).items.find(({ role }) => role === 'assistant')!;
      expect(await finished(answer.id)).toMatchObject({ status: 'stopped' });
      expect((await message(answer.id)).content).not.toBe('');
    },
  );

  it('is written to its end for one who will ask again with the same key', async () => {
    ollama.mode = 'stall';
    const leaving = new AbortController();
    const response = await open(leaving.signal, { 'Idempotency-Key': 'comes-back' });
    let id = '';
    for await (const event of readEvents(response)) {
      if (event.type === 'message') id = event.data.id as string;
      if (event.type === 'token') break;
    }
    leaving.abort();
    // The model stays silent for longer than the idle limit: the answer is not stopped but taken over.
    expect(await finished(id)).toMatchObject({ status: 'complete', degraded: 'llm.timeout', provider: 'builtin' });
  });

  it('stops the model when asked, and keeps what was written', async () => {
    const events: ReceivedEvent[] = [];
    for await (const event of readEvents(await open())) {
      events.push(event);
      if (event.type === 'token' && events.filter(({ type }) => type === 'token').length === 1) {
        await api
          .http(user)
          .post(`/messages/${events[0]!.data.id as string}/stop`)
          .expect(200);
      }
    }
    const done = doneOf(events);
    expect(done.status).toBe('stopped');
    expect(tokens(events).startsWith(done.content)).toBe(true);
    expect(await ollama.to('/api/chat').at(-1)!.over).toBe('early');
  });

  it.each([
    ['is cut in the middle', 'drop'],
    ['goes silent in the middle', 'stall'],
    ['answers nonsense', 'garbage'],
    ['answers an error', 'error'],
  ] as const)('answers from the documents alone when the model %s', async (_how, mode) => {
    ollama.mode = mode;
    const events = await allEvents(await open());
    const done = doneOf(events);
    expect(done).toMatchObject({ status: 'complete', grounded: true, provider: 'builtin' });
    expect(done.degraded).toMatch(/^llm\./);
    expect(types(events).slice(-2)).toEqual(['citations', 'done']);
  });

  it('answers a repeated stream with the stored message', async () => {
    const headers = { 'Idempotency-Key': 'stream-once' };
    const done = doneOf(await allEvents(await open(undefined, headers)));
    const again = await open(undefined, headers);
    expect(again.headers.get('content-type')).toMatch('application/json');
    expect(await again.json()).toEqual(done);
  });

  it('answers from the documents alone when the model server is killed', async () => {
    const events: ReceivedEvent[] = [];
    for await (const event of readEvents(await open())) {
      events.push(event);
      if (event.type === 'token') ollama.kill();
    }
    expect(doneOf(events)).toMatchObject({ status: 'complete', grounded: true, provider: 'builtin' });
    expect(doneOf(events).degraded).toMatch(/^llm\./);
  });
});
