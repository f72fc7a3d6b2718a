import {
  observerOf,
  ONCE,
  PROTOCOLS,
  questionOf,
  readAnswer,
  reasonOf,
  startModelServer,
} from '#test/support/model-protocols';
import type { OllamaMode, OllamaServerOptions } from '#test/support/ollama-server';
import type { OpenAiProtocolServer } from '#test/support/openai-server';
import { ModelUnavailableError } from '../llm.errors';
import type { ResilienceOptions } from '../resilience/resilience-options';

let server: OpenAiProtocolServer;
const seen: string[] = [];
const observer = observerOf(seen);

const start = async (options: OllamaServerOptions = {}) => {
  server = await startModelServer(options);
};
beforeEach(() => (seen.length = 0));
afterEach(() => server.stop());

interface Limits {
  readonly first?: number;
  readonly idle?: number;
}

describe.each(PROTOCOLS)('the chat model of $protocol', ({ protocol, chatPath, chat }) => {
  const chatModel = (resilience: Partial<ResilienceOptions> = {}, limits: Limits = {}) =>
    chat(server, {
      model: 'mistral',
      firstTokenTimeoutMs: limits.first ?? 5_000,
      idleTimeoutMs: limits.idle ?? 5_000,
      resilience: { ...ONCE, ...resilience },
      observer,
    });

  it('asks for the configured model and streams every token', async () => {
    await start();
    const { text, events } = await readAnswer(chatModel());
    expect(text).toBe('Un deux trois quatre cinq six [1].');
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toEqual({ type: 'end', usage: { promptTokens: 100, completionTokens: 7 } });
    expect(server.to(chatPath)[0]?.body).toMatchObject({
      model: 'mistral',
      stream: true,
      messages: [{ role: 'user', content: 'Bonjour' }],
    });
    expect(seen).toEqual(['chat ok']);
  });

  it.each<[OllamaMode, string, boolean]>([
    ['garbage', 'bad_response', false],
    ['error', 'bad_response', false],
    ['redirect', 'bad_response', false],
    ['hang', 'timeout', false],
    ['stall', 'timeout', true],
    ['drop', 'unreachable', true],
    ['truncate', 'bad_response', true],
    ['error-line', 'bad_response', true],
  ])('ends in one ModelUnavailableError when the server behaves as "%s": %s', async (mode, reason, hasText) => {
    await start({ mode });
    const limit = reason === 'timeout' ? 100 : 5_000;
    const outcome = await readAnswer(chatModel({}, { first: limit, idle: limit }));
    expect(outcome.error).toBeInstanceOf(ModelUnavailableError);
    expect(outcome.reason).toBe(reason);
    expect(outcome.text !== '').toBe(hasText);
    expect(outcome.events.some(({ type }) => type === 'end')).toBe(false);
    expect(seen).toEqual([`chat ${reason}`]);
  });

  it('says that the model is missing', async () => {
    await start({ models: [] });
    expect((await readAnswer(chatModel({ retries: 2 }))).reason).toBe('missing_model');
    expect(server.to(chatPath)).toHaveLength(1);
  });

  it('says that nobody is there', async () => {
    await start();
    const model = chatModel();
    await server.stop();
    expect((await readAnswer(model)).reason).toBe('unreachable');
  });

  it('fails when the server is killed in the middle of an answer', async () => {
    await start({ msPerToken: 5 });
    let text = '';
    const reading = async () => {
      for await (const event of chatModel().stream(questionOf())) {
        if (event.type === 'text') text += event.text;
        server.kill();
      }
    };
    expect(await reasonOf(reading())).toBe('unreachable');
    expect(text).not.toBe('');
  });

  it('tries again before the first token', async () => {
    await start();
    server.failNext = 2;
    expect((await readAnswer(chatModel({ retries: 2 }))).text).toContain('Un deux');
    expect(server.to(chatPath)).toHaveLength(3);
  });

  it('waits as long as the server asks, and not at all when that is too long', async () => {
    await start();
    server.failure = { status: 429, headers: { 'retry-after': '0' } };
    server.failNext = 1;
    expect((await readAnswer(chatModel({ retries: 2 }))).text).toContain('Un deux');
    expect(server.to(chatPath)).toHaveLength(2);
    server.failure = { status: 429, headers: { 'retry-after': '3600' } };
    server.failNext = 1;
    expect((await readAnswer(chatModel({ retries: 2 }))).reason).toBe('busy');
    expect(server.to(chatPath)).toHaveLength(3);
  });

  it('leaves alone for longer a server that asks for it', async () => {
    await start();
    const model = chatModel({ breakAfter: 1, halfOpenAfterMs: 1, maxHalfOpenAfterMs: 60_000 });
    server.failure = { status: 503, headers: { 'retry-after': '30' } };
    server.failNext = 1;
    expect((await readAnswer(model)).reason).toBe('bad_response');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await readAnswer(model)).reason).toBe('circuit_open');
    expect(server.to(chatPath)).toHaveLength(1);
  });

  it('does not make a caller who leaves wait for the next attempt', async () => {
    await start({ mode: 'error' });
    const leaving = new AbortController();
    const reading = readAnswer(chatModel({ retries: 1, firstDelayMs: 600_000, maxDelayMs: 600_000 }), leaving.signal);
    while (server.to(chatPath).length === 0) await new Promise(setImmediate);
    await server.to(chatPath)[0]!.over;
    leaving.abort();
    expect((await reading).reason).toBe('aborted');
  });

  it('goes nowhere but to the server it was told', async () => {
    await start({ mode: 'redirect' });
    await readAnswer(chatModel());
    expect(server.to('/elsewhere')).toHaveLength(0);
  });

  it('passes temperature and length on', async () => {
    await start();
    for await (const _ of chatModel().stream({ ...questionOf(), style: { temperature: 0.2, maxTokens: 64 } }));
    expect(server.to(chatPath)[0]?.body).toMatchObject(
      protocol === 'ollama'
        ? { options: { temperature: 0.2, num_predict: 64 } }
        : { temperature: 0.2, max_tokens: 64, stream_options: { include_usage: true } },
    );
  });

  it('never tries again after a token: the reader would get it twice', async () => {
    await start({ mode: 'drop' });
    expect((await readAnswer(chatModel({ retries: 2 }))).text).toBe('Un deux trois quatre');
    expect(server.to(chatPath)).toHaveLength(1);
  });

  it('closes the upstream connection when the caller aborts', async () => {
    await start({ mode: 'stall' });
    const leaving = new AbortController();
    const reading = async () => {
      for await (const _ of chatModel().stream(questionOf(leaving.signal))) leaving.abort();
    };
    expect(await reasonOf(reading())).toBe('aborted');
    await expect(server.to(chatPath)[0]!.over).resolves.toBe('early');
  });

  it('closes the upstream connection when the caller aborts before the first token', async () => {
    await start({ mode: 'hang' });
    const leaving = new AbortController();
    const reading = readAnswer(chatModel({ retries: 2 }), leaving.signal);
    while (server.to(chatPath).length === 0) await new Promise(setImmediate);
    leaving.abort();
    expect((await reading).reason).toBe('aborted');
    await expect(server.to(chatPath)[0]!.over).resolves.toBe('early');
    expect(server.to(chatPath)).toHaveLength(1);
  });

  it('closes the upstream connection when the reader stops reading', async () => {
    await start({ mode: 'stall' });
    for await (const _ of chatModel().stream(questionOf())) break;
    await expect(server.to(chatPath)[0]!.over).resolves.toBe('early');
    expect(seen).toEqual(['chat aborted']);
  });

  it('opens the circuit after repeated failures and closes it when the server is well again', async () => {
    await start({ mode: 'error' });
    const model = chatModel({ breakAfter: 2, halfOpenAfterMs: 50 });
    expect((await readAnswer(model)).reason).toBe('bad_response');
    expect((await readAnswer(model)).reason).toBe('bad_response');
    expect((await readAnswer(model)).reason).toBe('circuit_open');
    expect(server.to(chatPath)).toHaveLength(2);
    server.mode = 'ok';
    let outcome = await readAnswer(model);
    for (let tries = 0; tries < 100 && outcome.reason === 'circuit_open'; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      outcome = await readAnswer(model);
    }
    expect(outcome.text).toContain('Un deux');
    expect((await readAnswer(model)).reason).toBeUndefined();
  });

  it('refuses calls beyond its slots and its queue, and a waiting caller may leave', async () => {
    await start({ mode: 'hang' });
    const model = chatModel({ concurrency: 1, queue: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const running = readAnswer(model, first.signal);
    const waiting = readAnswer(model, second.signal);
    expect((await readAnswer(model)).reason).toBe('busy');
    second.abort();
    expect((await waiting).reason).toBe('aborted');
    first.abort();
    expect((await running).reason).toBe('aborted');
    expect(server.to(chatPath).length).toBeLessThanOrEqual(1);
    server.mode = 'ok';
    expect((await readAnswer(model)).text).toContain('Un deux');
  });
});
