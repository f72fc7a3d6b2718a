import { UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer } from '#test/support/ollama-server';

import { eventually, Library } from './support/library';

interface CollectionBody {
  readonly embeddingModel: string;
  readonly nextEmbeddingModel: string | null;
}

const FORMER = { embeddingModel: 'builtin:hashed-ngrams-v1', dimension: 768 } as const;
const NEXT = { embeddingModel: 'ollama:nomic-embed-text-v2-moe', dimension: 96 } as const;

describe('A collection that moves to another embedding model', () => {
  let server: OllamaProtocolServer;
  let api: TestApi;
  let owner: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    server = await OllamaProtocolServer.start({ dimension: NEXT.dimension });
    api = await TestApi.start({ OLLAMA_URL: server.url, EMBEDDINGS_PROVIDER: 'ollama', LLM_PROVIDER: 'builtin' });
    owner = await api.createUser();
    library = new Library(api, owner);
  });
  afterAll(async () => {
    await api.close();
    await server.stop();
  });

  /** As if it had been made while another model was the one of the day. */
  beforeEach(async () => {
    collectionId = await library.createCollection('organization');
    await api.app
      .get(UnitOfWork)
      .query(`UPDATE collection SET embedding_model = $2, embedding_dimension = $3 WHERE id = $1`, [
        collectionId,
        FORMER.embeddingModel,
        FORMER.dimension,
      ]);
  });

  const collection = async (): Promise<CollectionBody> =>
    (await api.http(owner).get(`/collections/${collectionId}`).expect(200)).body as CollectionBody;
  const add = async (name: string): Promise<number> => {
    const text = Array.from(
      { length: 90 },
      (_, place) => `Article ${String(place)} du règlement ${name}, sur les congés.`,
    );
    const id = await library.add(collectionId, `${name}.txt`, Buffer.from(text.join(' ')));
    const { status, chunkCount } = await library.settled(id);
    expect(status).toBe('ready');
    return chunkCount;
  };
  const countIn = (space: typeof FORMER | typeof NEXT): Promise<number> =>
    api.app.get(VectorStore).count({ organizationId: owner.organizationId, collectionId, ...space });
  const found = async (): Promise<number> => {
    const answer = await api
      .http(owner)
      .post('/search')
      .send({ query: 'congés', collectionIds: [collectionId], mode: 'dense' });
    return (answer.body as { hits: unknown[] }).hits.length;
  };
  /** By the embeddings of the collection's documents. */
  const used = async (provider: string): Promise<{ requests: number; promptTokens: number }> => {
    const [use] = await api.app.get(UnitOfWork).query<{ requests: number; promptTokens: number }>(
      `SELECT sum(requests)::int AS requests, sum(prompt_tokens)::int AS "promptTokens" FROM usage_record
        WHERE user_id = $1 AND kind = 'embedding' AND provider = $2`,
      [owner.id, provider],
    );
    return use!;
  };
  const move = (by = owner) => api.http(by).post(`/collections/${collectionId}/reembed`);

  it('is searched by the former model until all vectors are there, and by the next from then on', async () => {
    const chunks = (await add('un')) + (await add('deux'));
    expect([await countIn(FORMER), await countIn(NEXT)]).toEqual([chunks, 0]);
    const moving = { embeddingModel: FORMER.embeddingModel, embeddingIsEnglishOnly: false };
    expect((await move().expect(202)).body).toMatchObject(moving);
    await eventually(
      async () => {
        expect(await found()).toBeGreaterThan(0);
        return collection();
      },
      ({ embeddingModel, nextEmbeddingModel }) => embeddingModel === NEXT.embeddingModel && nextEmbeddingModel === null,
    );
    expect(await countIn(NEXT)).toBe(chunks);
    expect(await used('ollama')).toEqual(await used('builtin'));
    expect((await used('ollama')).promptTokens).toBeGreaterThan(0);
    expect(await found()).toBeGreaterThan(0);
    await eventually(
      () => countIn(FORMER),
      (left) => left === 0,
    );
    const more = await add('trois');
    expect(await countIn(NEXT)).toBe(chunks + more);
  });

  it('does nothing for one that has the model of the day', async () => {
    await add('quatre');
    await move().expect(202);
    await eventually(collection, ({ embeddingModel }) => embeddingModel === NEXT.embeddingModel);
    const before = await countIn(NEXT);
    expect((await move().expect(202)).body).toMatchObject({ nextEmbeddingModel: null });
    expect(await countIn(NEXT)).toBe(before);
  });

  it('is moved by its owners only', async () => {
    const colleague = await api.createUser();
    await move(colleague).expect(403);
  });
});
