import { observerOf, ONCE, PROTOCOLS, reasonOf, startModelServer } from '#test/support/model-protocols';
import type { OllamaMode, OllamaServerOptions } from '#test/support/ollama-server';
import type { OpenAiProtocolServer } from '#test/support/openai-server';
import { EmbeddingDimensionError, ModelUnavailableError } from '../llm.errors';
import type { ResilienceOptions } from '../resilience/resilience-options';

let server: OpenAiProtocolServer;
const seen: string[] = [];
const observer = observerOf(seen);

const start = async (options: OllamaServerOptions = {}) => {
  server = await startModelServer(options);
};
beforeEach(() => (seen.length = 0));
afterEach(() => server.stop());

describe.each(PROTOCOLS)('the embedding model of $protocol', ({ protocol, embedPath, embedding }) => {
  const embeddingModel = (
    resilience: Partial<ResilienceOptions> = {},
    model = 'nomic-embed-text-v2-moe',
    timeoutMs = 5_000,
  ) => embedding(server, { model, timeoutMs, resilience: { ...ONCE, ...resilience }, observer });

  it('sends batches with the prefixes nomic models are trained with', async () => {
    await start();
    const model = embeddingModel();
    await model.embed(
      Array.from({ length: 33 }, (_, at) => `texte ${at}`),
      'document',
    );
    await model.embed(['texte'], 'query');
    const inputs = server.to(embedPath).map(({ body }) => body.input as string[]);
    expect(inputs.map(({ length }) => length).sort((a, b) => a - b)).toEqual([1, 1, 32]);
    expect(inputs.flat()).toContain('search_document: texte 32');
    expect(inputs.at(-1)).toEqual(['search_query: texte']);
  });

  it('sends other models the bare text', async () => {
    await start({ models: ['bge-m3'] });
    await embeddingModel({}, 'bge-m3').embed(['texte'], 'query');
    expect(server.to(embedPath)[0]?.body).toMatchObject({ model: 'bge-m3', input: ['texte'] });
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
      details: { model: `${protocol}:nomic-embed-text-v2-moe`, expected: 48, actual: 49 },
    });
  });

  it('closes the upstream connection when the caller aborts', async () => {
    await start({ mode: 'hang' });
    const leaving = new AbortController();
    const embedding = embeddingModel().embed(['texte'], 'document', leaving.signal);
    while (server.to(embedPath).length === 0) await new Promise(setImmediate);
    leaving.abort();
    expect(await reasonOf(embedding)).toBe('aborted');
    await expect(server.to(embedPath)[0]!.over).resolves.toBe('early');
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
    while (server.to(embedPath).length < 2) await new Promise(setImmediate);
    server.mode = 'ok';
    await expect(model.embed(['question'], 'query')).resolves.toHaveLength(1);
    leaving.abort();
    expect(await reasonOf(passages)).toBe('aborted');
    expect(server.to(embedPath)).toHaveLength(3);
  });
});
