import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { vectorIdOf } from '#libs/ingestion';
import { BuiltinEmbeddingModel } from '#libs/llm';
import type { SearchResult } from '#libs/retrieval';
import { VectorStore } from '#libs/vector-store';

import { TestApi, type TestUser } from '../support/api';
import { Knowledge, type CollectionFixture } from './knowledge';

const TEXT = 'Un jour de congé est accordé pour un déménagement.';

describe('POST /search', () => {
  let api: TestApi;
  let knowledge: Knowledge;
  let alice: TestUser;
  let collection: CollectionFixture;
  let document: string;

  beforeAll(async () => {
    api = await TestApi.start();
    knowledge = new Knowledge(api.app.get(UnitOfWork));
    alice = await api.createUser();
    collection = await knowledge.collection(alice);
    document = await knowledge.document(collection, [TEXT], 'Guide');
    const [vector = new Float32Array()] = await new BuiltinEmbeddingModel().embed([TEXT], 'document');
    const { id: collectionId, organizationId, embeddingModel, embeddingDimension: dimension } = collection;
    await api.app
      .get(VectorStore, { strict: false })
      .upsert({ collectionId, organizationId, embeddingModel, dimension }, [
        { id: vectorIdOf(document, 1, 0), vector },
      ]);
  });

  afterAll(async () => {
    await api.close();
  });

  const search = (body: object, as: TestUser | undefined = alice) => api.http(as).post('/search').send(body);

  it('answers the passages of the caller’s documents', async () => {
    const { body } = (await search({ query: 'congé déménagement' }).expect(200)) as { body: SearchResult };
    expect(body).toEqual({
      hits: [
        expect.objectContaining({
          documentId: document,
          collectionId: collection.id,
          title: 'Guide',
          text: TEXT,
          start: 0,
        }),
      ],
    });
    expect(Object.values(body.hits[0]?.scores ?? {})).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('asks who is calling', async () => {
    const refused = await api.http().post('/search').send({ query: 'congé' }).expect(401);
    expect(refused.body).toMatchObject({ status: 401, requestId: expect.any(String) as string });
  });

  it('shows another person nothing, and does not admit that the collection exists', async () => {
    const bob = await api.createUser();
    const nothing = await search({ query: 'congé' }, bob).expect(200);
    expect(nothing.body).toEqual({ hits: [] });
    for (const id of [collection.id, randomUUID()]) {
      const refused = await search({ query: 'congé', collectionIds: [id] }, bob).expect(404);
      expect(refused.body).toMatchObject({ code: 'collection.not_found' });
    }
  });

  it.each([
    ['query', {}],
    ['query', { query: '   ' }],
    ['query', { query: 'x'.repeat(2001) }],
    ['limit', { query: 'congé', limit: 0 }],
    ['limit', { query: 'congé', limit: 101 }],
    ['mode', { query: 'congé', mode: 'magic' }],
    ['collectionIds.0', { query: 'congé', collectionIds: ['all'] }],
    ['extra', { query: 'congé', extra: 1 }],
  ])('refuses a bad %s, naming it', async (field, body) => {
    const answer = await search(body).expect(400);
    const { errors } = answer.body as { errors: { field: string }[] };
    expect(errors.map((error) => error.field).join()).toContain(field.split('.')[0]);
  });

  it('reports its timings as metrics', async () => {
    await search({ query: 'congé' }).expect(200);
    const metrics = await fetch(new URL('/metrics', api.url)).then((answer) => answer.text());
    for (const leg of ['dense', 'lexical', 'join', 'total']) {
      expect(metrics).toContain(`retrieval_duration_seconds_count{leg="${leg}"}`);
    }
  });
});
