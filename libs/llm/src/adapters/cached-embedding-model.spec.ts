import { observerOf, ONCE, PROTOCOLS, reasonOf, startModelServer } from '#test/support/model-protocols';
import type { OpenAiProtocolServer } from '#test/support/openai-server';
import { CachedEmbeddingModel } from './cached-embedding-model';
import { VectorCache } from './vector-cache';

const { embedding, embedPath } = PROTOCOLS[0]!;
const MEGABYTE = 1024 * 1024;

describe('CachedEmbeddingModel', () => {
  let server: OpenAiProtocolServer;
  let seen: string[];
  beforeEach(async () => {
    seen = [];
    server = await startModelServer({ models: ['mistral', 'a', 'b'] });
  });
  afterEach(() => server.stop());

  const cache = new VectorCache(MEGABYTE);
  const make = (model = 'a', shared = cache) =>
    new CachedEmbeddingModel(
      embedding(server, { model, timeoutMs: 5_000, resilience: ONCE }),
      shared,
      observerOf(seen),
    );
  const asked = (): string[] => server.to(embedPath).flatMap(({ body }) => body.input as string[]);

  it('asks for a text once, in the order of those that are new, and counts', async () => {
    const model = make();
    const [first, second] = await model.embed(['un', 'deux', 'un'], 'document');
    const again = await model.embed(['deux', 'trois', 'un'], 'document');
    expect(asked()).toEqual(['un', 'deux', 'trois']);
    expect([again[2], again[0]]).toEqual([first, second]);
    expect(seen).toEqual(['cache 1 2', 'cache 2 1']);
  });

  it('takes the same text for another purpose or model for another', async () => {
    const shared = new VectorCache(MEGABYTE);
    await make('a', shared).embed(['un'], 'document');
    await make('a', shared).embed(['un'], 'query');
    await make('b', shared).embed(['un'], 'document');
    await make('a', shared).embed(['un'], 'query');
    expect(asked()).toHaveLength(3);
  });

  it('keeps nothing of a call that failed', async () => {
    const model = make('a', new VectorCache(MEGABYTE));
    server.mode = 'nan-vectors';
    expect(await reasonOf(model.embed(['un'], 'query'))).toBe('bad_response');
    server.mode = 'ok';
    await expect(model.embed(['un'], 'query')).resolves.toHaveLength(1);
    expect(asked()).toEqual(['un', 'un']);
  });

  it('gives copies away', async () => {
    const model = make('a', new VectorCache(MEGABYTE));
    const [mine] = await model.embed(['un'], 'query');
    const before = mine!.slice();
    mine!.fill(0);
    expect(await model.embed(['un'], 'query')).toEqual([before]);
  });

  it('tells who has left, even when it knows everything', async () => {
    const model = make('a', new VectorCache(MEGABYTE));
    await model.embed(['un'], 'query');
    const gone = AbortSignal.abort(new Error('gone'));
    expect(await reasonOf(model.embed(['un', 'deux'], 'query', gone))).toBe('aborted');
  });
});

describe('VectorCache', () => {
  it('forgets what was not asked for longest, by bytes', () => {
    const small = new VectorCache(1_500);
    const vector = (): Float32Array => new Float32Array(200);
    small.set('a', vector());
    expect(small.get('a')).toBeDefined();
    small.set('b', vector());
    expect([small.get('a'), small.get('b')].map(Boolean)).toEqual([false, true]);
    const two = new VectorCache(2_100);
    two.set('a', vector());
    two.set('b', vector());
    two.get('a');
    two.set('c', vector());
    expect(['a', 'b', 'c'].filter((key) => two.get(key))).toEqual(['a', 'c']);
  });

  it('is not fooled by texts that look like a model', () => {
    expect(VectorCache.keyOf('a', 'b')).not.toBe(VectorCache.keyOf('a","b'));
    expect(VectorCache.keyOf('a', 'bc')).not.toBe(VectorCache.keyOf('ab', 'c'));
  });
});
