import { OllamaProtocolServer, type OllamaMode } from '#test/support/ollama-server';
import type { ChatEvent, ChatRequest } from '../chat-model';
import { EmbeddingDimensionError, ModelUnavailableError } from '../llm.errors';
import type { ModelObserver } from '../model-observer';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../resilience/resilience-options';
import { OllamaChatModel } from './ollama-chat-model';
import { OllamaEmbeddingModel } from './ollama-embedding-model';
import { OllamaServer } from './ollama-server';

/** Fails at once and never opens the circuit: each test states what it changes. */
const ONCE: ResilienceOptions = {
  ...DEFAULT_RESILIENCE,
  retries: 0,
  firstDelayMs: 1,
  maxDelayMs: 2,
  breakAfter: 1_000,
};

let server: OllamaProtocolServer;
const seen: string[] = [];
const observer: ModelObserver = { observe: (...[kind, , , outcome]) => seen.push(`${kind} ${outcome}`) };

const start = async (options: Parameters<typeof OllamaProtocolServer.start>[0] = {}) => {
  server = await OllamaProtocolServer.start({ answer: 'Un deux trois quatre cinq six [1].', ...options });
};
beforeEach(() => (seen.length = 0));
afterEach(() => server.stop());

const upstream = () => new OllamaServer(server.url, 1_000);
const chatModel = (resilience: Partial<ResilienceOptions> = {}, limits: { first?: number; idle?: number } = {}) =>
  new OllamaChatModel(upstream(), {
    model: 'mistral',
    firstTokenTimeoutMs: limits.first ?? 5_000,
    idleTimeoutMs: limits.idle ?? 5_000,
    contextTokens: 8_192,
    resilience: { ...ONCE, ...resilience },
    observer,
  });
const embeddingModel = (
  resilience: Partial<ResilienceOptions> = {},
  model = 'nomic-embed-text-v2-moe',
  timeoutMs = 5_000,
) => new OllamaEmbeddingModel(upstream(), { model, timeoutMs, resilience: { ...ONCE, ...resilience }, observer });

const request = (signal?: AbortSignal): ChatRequest => ({
  turns: [{ role: 'user', content: 'Bonjour' }],
  question: 'Bonjour',
  sources: [],
  locale: 'fr',
  signal,
});

const read = async (model: OllamaChatModel, signal?: AbortSignal) => {
  const events: ChatEvent[] = [];
  let error: unknown;
  try {
    for await (const event of model.stream(request(signal))) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { events, text, error, reason: error instanceof ModelUnavailableError ? error.reason : undefined };
};

const reasonOf = async (failing: Promise<unknown>) =>
  failing.then(
    () => 'no failure',
    (error: unknown) => (error instanceof ModelUnavailableError ? error.reason : error),
  );

describe('OllamaChatModel', () => {
  it('asks for the configured model and window and streams every token', async () => {
    await start();
    const { text, events } = await read(chatModel());
    expect(text).toBe('Un deux trois quatre cinq six [1].');
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toEqual({ type: 'end', usage: { promptTokens: 100, completionTokens: 7 } });
    expect(server.to('/api/chat')[0]?.body).toMatchObject({
      model: 'mistral',
      stream: true,
      options: { num_ctx: 8_192 },
      messages: [{ role: 'user', content: 'Bonjour' }],
    });
    expect(seen).toEqual(['chat ok']);
  });

  it.each<[OllamaMode, string, boolean]>([
    ['garbage', 'bad_response', false],
    ['error', 'bad_response', false],
    ['hang', 'timeout', false],
    ['stall', 'timeout', true],
    ['drop', 'unreachable', true],
    ['truncate', 'bad_response', true],
    ['error-line', 'bad_response', true],
  ])('ends in one ModelUnavailableError when the server behaves as "%s": %s', async (mode, reason, hasText) => {
    await start({ mode });
    const limit = reason === 'timeout' ? 100 : 5_000;
    const outcome = await read(chatModel({}, { first: limit, idle: limit }));
    expect(outcome.error).toBeInstanceOf(ModelUnavailableError);
    expect(outcome.reason).toBe(reason);
    expect(outcome.text !== '').toBe(hasText);
    expect(outcome.events.some(({ type }) => type === 'end')).toBe(false);
    expect(seen).toEqual([`chat ${reason}`]);
  });

  it('says that the model is missing', async () => {
    await start({ models: [] });
    expect((await read(chatModel({ retries: 2 }))).reason).toBe('missing_model');
    expect(server.to('/api/chat')).toHaveLength(1);
  });

  it('says that nobody is there', async () => {
    await start();
    const model = chatModel();
    await server.stop();
    expect((await read(model)).reason).toBe('unreachable');
  });

  it('fails when the server is killed in the middle of an answer', async () => {
    await start({ msPerToken: 5 });
    let text = '';
    const reading = async () => {
      for await (const event of chatModel().stream(request())) {
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
    expect((await read(chatModel({ retries: 2 }))).text).toContain('Un deux');
    expect(server.to('/api/chat')).toHaveLength(3);
  });

  it('never tries again after a token: the reader would get it twice', async () => {
    await start({ mode: 'drop' });
    expect((await read(chatModel({ retries: 2 }))).text).toBe('Un deux trois quatre');
    expect(server.to('/api/chat')).toHaveLength(1);
  });

  it('closes the upstream connection when the caller aborts', async () => {
    await start({ mode: 'stall' });
    const leaving = new AbortController();
    const reading = async () => {
      for await (const _ of chatModel().stream(request(leaving.signal))) leaving.abort();
    };
    expect(await reasonOf(reading())).toBe('aborted');
    await expect(server.to('/api/chat')[0]!.over).resolves.toBe('early');
  });

  it('closes the upstream connection when the caller aborts before the first token', async () => {
    await start({ mode: 'hang' });
    const leaving = new AbortController();
    const reading = read(chatModel({ retries: 2 }), leaving.signal);
    while (server.to('/api/chat').length === 0) await new Promise(setImmediate);
    leaving.abort();
    expect((await reading).reason).toBe('aborted');
    await expect(server.to('/api/chat')[0]!.over).resolves.toBe('early');
    expect(server.to('/api/chat')).toHaveLength(1);
  });

  it('closes the upstream connection when the reader stops reading', async () => {
    await start({ mode: 'stall' });
    for await (const _ of chatModel().stream(request())) break;
    await expect(server.to('/api/chat')[0]!.over).resolves.toBe('early');
    expect(seen).toEqual(['chat aborted']);
  });

  it('opens the circuit after repeated failures and closes it when the server is well again', async () => {
    await start({ mode: 'error' });
    const model = chatModel({ breakAfter: 2, halfOpenAfterMs: 50 });
    expect((await read(model)).reason).toBe('bad_response');
    expect((await read(model)).reason).toBe('bad_response');
    expect((await read(model)).reason).toBe('circuit_open');
    expect(server.to('/api/chat')).toHaveLength(2);
    server.mode = 'ok';
    let outcome = await read(model);
    for (let tries = 0; tries < 100 && outcome.reason === 'circuit_open'; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      outcome = await read(model);
    }
    expect(outcome.text).toContain('Un deux');
    expect((await read(model)).reason).toBeUndefined();
  });

  it('refuses calls beyond its slots and its queue, and a waiting caller may leave', async () => {
    await start({ mode: 'hang' });
    const model = chatModel({ concurrency: 1, queue: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const running = read(model, first.signal);
    const waiting = read(model, second.signal);
    expect((await read(model)).reason).toBe('busy');
    second.abort();
    expect((await waiting).reason).toBe('aborted');
    first.abort();
    expect((await running).reason).toBe('aborted');
    expect(server.to('/api/chat').length).toBeLessThanOrEqual(1);
    server.mode = 'ok';
    expect((await read(model)).text).toContain('Un deux');
  });
});

describe('OllamaEmbeddingModel', () => {
  it('sends batches with the prefixes nomic models are trained with', async () => {
    await start();
    const model = embeddingModel();
    await model.embed(
      Array.from({ length: 33 }, (_, at) => `texte ${at}`),
      'document',
    );
    await model.embed(['texte'], 'query');
    const inputs = server.to('/api/embed').map(({ body }) => body.input as string[]);
    expect(inputs.map(({ length }) => length).sort((a, b) => a - b)).toEqual([1, 1, 32]);
    expect(inputs.flat()).toContain('search_document: texte 32');
    expect(inputs.at(-1)).toEqual(['search_query: texte']);
  });

  it('sends other models the bare text', async () => {
    await start({ models: ['bge-m3:latest'] });
    await embeddingModel({}, 'bge-m3').embed(['texte'], 'query');
    expect(server.to('/api/embed')[0]?.body).toMatchObject({ model: 'bge-m3', input: ['texte'] });
  });

  it.each<[OllamaMode, string]>([
    ['garbage', 'bad_response'],
    ['error', 'bad_response'],
    ['hang', 'timeout'],
    ['stall', 'timeout'],
    ['drop', 'unreachable'],
    ['truncate', 'bad_response'],
    ['nan-vectors', 'bad_response'],
    ['zero-vectors', 'bad_response'],
    ['ragged-vectors', 'bad_response'],
    ['missing-vector', 'bad_response'],
  ])('returns no vector when the server behaves as "%s": %s', async (mode, reason) => {
    await start({ mode });
    const texts = Array.from({ length: 40 }, (_, at) => `texte ${at}`);
    const limit = reason === 'timeout' ? 100 : 5_000;
    expect(await reasonOf(embeddingModel({}, undefined, limit).embed(texts, 'document'))).toBe(reason);
    expect(seen).toContain(`embedding ${reason}`);
  });

  it('learns its dimension from the first vectors and refuses another one later', async () => {
    await start({ dimension: 48 });
    const model = embeddingModel();
    expect(() => model.dimension).toThrow(ModelUnavailableError);
    await model.ready();
    expect(model.dimension).toBe(48);
    server.mode = 'wrong-dimension';
    await expect(model.embed(['texte'], 'document')).rejects.toThrow(EmbeddingDimensionError);
    await expect(model.embed(['texte'], 'document')).rejects.toMatchObject({
      code: 'embedding.dimension_mismatch',
      details: { model: 'ollama:nomic-embed-text-v2-moe', expected: 48, actual: 49 },
    });
  });

  it('closes the upstream connection when the caller aborts', async () => {
    await start({ mode: 'hang' });
    const leaving = new AbortController();
    const embedding = embeddingModel().embed(['texte'], 'document', leaving.signal);
    while (server.to('/api/embed').length === 0) await new Promise(setImmediate);
    leaving.abort();
    expect(await reasonOf(embedding)).toBe('aborted');
    await expect(server.to('/api/embed')[0]!.over).resolves.toBe('early');
  });

  it('lets a question pass while passages are embedded', async () => {
    await start({ mode: 'hang' });
    const model = embeddingModel();
    const leaving = new AbortController();
    const passages = model.embed(
      Array.from({ length: 200 }, (_, at) => `texte ${at}`),
      'document',
      leaving.signal,
    );
    while (server.to('/api/embed').length < 2) await new Promise(setImmediate);
    server.mode = 'ok';
    await expect(model.embed(['question'], 'query')).resolves.toHaveLength(1);
    leaving.abort();
    expect(await reasonOf(passages)).toBe('aborted');
    expect(server.to('/api/embed')).toHaveLength(3);
  });
});

describe('OllamaServer', () => {
  it('finds a model by its name with or without the default tag', async () => {
    await start({ models: ['mistral:latest', 'qwen3:8b'] });
    const look = async (model: string) => (await upstream().look(model)).state;
    expect(await look('mistral')).toBe('available');
    expect(await look('mistral:latest')).toBe('available');
    expect(await look('qwen3:8b')).toBe('available');
    expect(await look('qwen3')).toBe('missing');
  });

  it('says how to mend a missing model and a missing server', async () => {
    await start({ models: [] });
    const absent = upstream();
    await expect(absent.look('mistral')).resolves.toMatchObject({
      detail: expect.stringContaining('ollama pull mistral') as string,
    });
    await server.stop();
    await expect(absent.look('mistral')).resolves.toMatchObject({
      state: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
  });
});
