import type { MessageView } from '#libs/chat';
import { VectorStore } from '#libs/vector-store';
import { eventually, type Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import type { OllamaMode } from '#test/support/ollama-server';
import { OpenAiProtocolServer } from '#test/support/openai-server';

import { addHandbook } from './support/handbook';
import { allEvents, openEvents } from './support/sse';

const QUESTION = 'Combien de jours de congés annuels par an ?';
const DIMENSION = 64;
/** Longer than an open circuit refuses calls. */
const CIRCUIT_MS = 10_500;
const EMBEDDING_MODEL = 'nomic-embed-text-v2-moe';

const PROTOCOLS = { ollama: '/api/chat', openai: '/v1/chat/completions' } as const;
const EMBED_PATHS = { ollama: '/api/embed', openai: '/v1/embeddings' } as const;

/** How a model server fails in an answer, and what the answer says of it. */
const IN_ANSWERS: readonly (readonly [OllamaMode, string])[] = [
  ['hang', 'llm.timeout'],
  ['stall', 'llm.timeout'],
  ['drop', 'llm.unreachable'],
  ['truncate', 'llm.bad_response'],
  ['garbage', 'llm.bad_response'],
  ['error', 'llm.bad_response'],
  ['error-line', 'llm.bad_response'],
  ['redirect', 'llm.bad_response'],
];

const REFUSALS = [
  ['too many requests', 429, { 'retry-after': '30' }, 'llm.busy'],
  ['no such model', 404, {}, 'llm.missing_model'],
  ['a wrong key', 401, {}, 'llm.refused'],
] as const;

const IN_VECTORS: readonly OllamaMode[] = [
  ...(['nan-vectors', 'zero-vectors', 'ragged-vectors', 'missing-vector', 'wrong-dimension'] as const),
  ...(['garbage', 'truncate', 'drop', 'error', 'hang'] as const),
];

// Each protocol has each job once.
describe.each([
  { chat: 'openai', vectors: 'ollama' },
  { chat: 'ollama', vectors: 'openai' },
] as const)('A model server that misbehaves ($chat answers, $vectors embeds)', ({ chat, vectors }) => {
  let writer: OpenAiProtocolServer;
  let embedder: OpenAiProtocolServer;
  let api: TestApi;
  let user: TestUser;
  let library: Library;
  let collectionId: string;
  /** The clock of the circuit breakers, set forward instead of waited for. */
  let ahead = 0;

  beforeAll(async () => {
    const { now } = Date;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
    const models = ['mistral', EMBEDDING_MODEL];
    writer = await OpenAiProtocolServer.start({ models });
    embedder = await OpenAiProtocolServer.start({ models, dimension: DIMENSION });
    const [ollama, openai] = chat === 'ollama' ? [writer, embedder] : [embedder, writer];
    api = await TestApi.start({
      ...{ LLM_PROVIDER: chat, EMBEDDINGS_PROVIDER: vectors, OLLAMA_URL: ollama.url, OPENAI_BASE_URL: openai.baseUrl },
      ...{ OPENAI_CHAT_MODEL: 'mistral', OPENAI_EMBEDDING_MODEL: EMBEDDING_MODEL },
      ...{ OLLAMA_FIRST_TOKEN_TIMEOUT_MS: '800', OLLAMA_IDLE_TIMEOUT_MS: '800' },
    });
    user = await api.createUser();
    ({ library, collectionId } = await addHandbook(api, user));
  });
  afterAll(async () => {
    await api.close();
    await Promise.all([writer.stop(), embedder.stop()]);
    jest.restoreAllMocks();
  });
  afterEach(() => {
    for (const server of [writer, embedder]) [server.mode, server.failNext] = ['ok', 0];
    ahead += CIRCUIT_MS;
  });

  /** Asks, and checks what holds whatever happens: one end, and what was told is what is stored. */
  const ask = async (): Promise<MessageView> => {
    const body = { message: QUESTION, collectionIds: [collectionId] };
    const events = await allEvents(await openEvents({ token: user.accessToken, body }, `${api.url}/api/v1/chat`));
    const ends = events.filter(({ type }) => type === 'done' || type === 'error');
    expect(ends).toEqual([events.at(-1)]);
    expect(ends[0]?.type).toBe('done');
    const done = ends[0]!.data as unknown as MessageView;
    expect((await api.http(user).get(`/messages/${done.id}`).expect(200)).body).toEqual(done);
    return done;
  };
  const extracted = (degraded: string) => ({ provider: 'builtin', status: 'complete', grounded: true, degraded });

  it('answers when all is well', async () => {
    expect(await ask()).toMatchObject({ provider: chat, model: 'mistral', grounded: true });
  });

  it.each(IN_ANSWERS)('as "%s" while it answers is replaced, and the answer says %s', async (mode, degraded) => {
    writer.mode = mode;
    expect(await ask()).toMatchObject(extracted(degraded));
  });

  it.each(REFUSALS)('that refuses with %s (%d) is replaced', async (_what, status, headers, degraded) => {
    writer.failure = { status, headers };
    writer.failNext = 10;
    const before = writer.to(PROTOCOLS[chat]).length;
    expect(await ask()).toMatchObject(extracted(degraded));
    // Asked to wait longer than anybody would, it is not asked again.
    expect(writer.to(PROTOCOLS[chat])).toHaveLength(before + 1);
  });

  it('that is dead is left alone, and used again once the circuit closes', async () => {
    writer.kill();
    const reasons: string[] = [];
    for (let question = 0; question < 4; question += 1) reasons.push((await ask()).degraded ?? '');
    expect(reasons[0]).toBe('llm.unreachable');
    expect(reasons.at(-1)).toBe('llm.circuit_open');
    await writer.listen();
    const before = writer.to(PROTOCOLS[chat]).length;
    expect(await ask()).toMatchObject(extracted('llm.circuit_open'));
    expect(writer.to(PROTOCOLS[chat])).toHaveLength(before);
    ahead += CIRCUIT_MS;
    for (let question = 0; question < 2; question += 1) {
      const answer = await ask();
      expect([answer.provider, answer.degraded]).toEqual([chat, undefined]);
    }
  });

  it('that stays ill keeps the circuit open after one try', async () => {
    writer.mode = 'error';
    for (let question = 0; question < 3; question += 1) await ask();
    ahead += CIRCUIT_MS;
    const before = writer.to(PROTOCOLS[chat]).length;
    expect(await ask()).toMatchObject({ provider: 'builtin' });
    expect(await ask()).toMatchObject(extracted('llm.circuit_open'));
    expect(writer.to(PROTOCOLS[chat])).toHaveLength(before + 1);
  });

  it('never gets a bad vector stored, nor keeps a search from answering', async () => {
    const space = { organizationId: user.organizationId, collectionId, dimension: DIMENSION };
    const stored = () => api.app.get(VectorStore).count({ ...space, embeddingModel: `${vectors}:${EMBEDDING_MODEL}` });
    const before = await stored();
    const calls = () => Promise.resolve(embedder.to(EMBED_PATHS[vectors]).length);
    const documents: string[] = [];
    for (const [place, mode] of IN_VECTORS.entries()) {
      embedder.mode = mode;
      const asked = await calls();
      const text = `La prime numéro ${place} est versée au mois de juin à toute l’équipe.`;
      documents.push(await library.add(collectionId, `prime-${place}.txt`, Buffer.from(text)));
      await eventually(calls, (count) => count > asked);
      const query = `congés annuels des équipes ${place}`;
      const answer = await api
        .http(user)
        .post('/search')
        .send({ query, collectionIds: [collectionId] })
        .expect(200);
      const { hits, degraded } = answer.body as { hits: { text: string }[]; degraded?: string };
      expect([mode, degraded]).toEqual([mode, expect.stringMatching(/^(?:llm\.|embedding\.)/)]);
      expect(hits[0]?.text).toContain('congés annuels');
      ahead += CIRCUIT_MS;
    }
    expect(await stored()).toBe(before);
    embedder.mode = 'ok';
    const settled = await Promise.all(documents.map((id) => library.settled(id)));
    const failed = settled.filter(({ status }) => status === 'failed');
    // Another dimension is another model: no try will mend that.
    expect(new Set(failed.map(({ failure }) => failure?.code))).toEqual(new Set(['embedding.dimension_mismatch']));
    expect(failed.length).toBeLessThan(documents.length / 2);
    expect(await stored()).toBe(before + documents.length - failed.length);
  });
});
