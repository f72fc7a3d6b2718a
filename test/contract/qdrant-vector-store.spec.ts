import { randomUUID } from 'node:crypto';

import { VectorStoreUnavailableError, type VectorSpace } from '#libs/vector-store';

import { QdrantVectorStore } from '../../libs/vector-store/src/adapters/qdrant-vector-store';
import { QdrantDouble } from './qdrant/qdrant-double';
import { realServer } from './qdrant/real-server';
import { HostileServer, RecordingObserver } from './vector-store.support';
import { describeVectorStore } from './vector-store.contract';

const double = new QdrantDouble();
const printed: unknown[][] = [];

beforeAll(async () => {
  for (const level of ['warn', 'error', 'log'] as const) {
    jest.spyOn(console, level).mockImplementation((...words) => void printed.push(words));
  }
  await double.start();
});

afterAll(async () => {
  await double.stop();
  jest.restoreAllMocks();
});

const open = () => new QdrantVectorStore({ url: double.url, apiKey: 'the key' });

describeVectorStore('qdrant, against a double that knows its OpenAPI', { open, shared: true, tellsSpaces: false });

const real = realServer();
if (real) {
  const openReal = () => new QdrantVectorStore(real);
  describeVectorStore(`qdrant at ${real.url}`, { open: openReal, shared: true, tellsSpaces: false });
}

const space = (changes: Partial<VectorSpace> = {}): VectorSpace => ({
  organizationId: randomUUID(),
  collectionId: randomUUID(),
  embeddingModel: 'builtin:test-v1',
  dimension: 3,
  ...changes,
});
const vector = new Float32Array([1, 2, 3]);

describe('QdrantVectorStore', () => {
  it('keeps the collections of an organization and model together, and organizations and models apart', async () => {
    const before = double.collections.size;
    const one = space();
    const store = open();
    for (const used of [one, { ...one, collectionId: randomUUID() }]) await store.upsert(used, [{ id: 'a', vector }]);
    expect(double.collections.size).toBe(before + 1);
    for (const used of [
      { ...one, embeddingModel: 'other' },
      { ...one, organizationId: randomUUID() },
    ]) {
      await store.upsert(used, [{ id: 'a', vector }]);
    }
    expect(double.collections.size).toBe(before + 3);
    await store.dropSpace(one);
    expect(await store.count({ ...one })).toBe(0);
  });

  it('makes its collection again when it was lost', async () => {
    const store = open();
    const used = space();
    await store.upsert(used, [{ id: 'a', vector }]);
    double.collections.clear();
    expect(await store.query(used, vector, 5)).toEqual([]);
    await store.upsert(used, [{ id: 'b', vector }]);
    expect(await store.query(used, vector, 5)).toEqual([{ id: 'b', score: expect.closeTo(1, 4) as number }]);
  });

  it('reports each call to its observer', async () => {
    const observer = new RecordingObserver();
    const store = new QdrantVectorStore({ url: double.url, observer });
    await store.upsert(space(), [{ id: 'a', vector }]);
    await store.ping();
    expect(observer.succeeded).toEqual(expect.arrayContaining(['ensure', 'upsert', 'ping']));
  });
});

describe('QdrantVectorStore and a server in trouble', () => {
  const hostile = new HostileServer();
  const openHostile = () => new QdrantVectorStore({ url: hostile.url, readTimeoutMs: 100, writeTimeoutMs: 100 });

  beforeAll(() => hostile.start());
  afterAll(() => hostile.stop());

  it('does not wait for ever', async () => {
    hostile.answer = () => undefined;
    await expect(openHostile().ping()).rejects.toMatchObject({ details: { reason: 'timeout' } });
    await expect(openHostile().upsert(space(), [{ id: 'a', vector }])).rejects.toMatchObject({
      code: 'vector_store.unavailable',
      details: { reason: 'timeout' },
    });
  });

  it.each([
    [500, '{"status":{"error":"panic"}}', 'failed'],
    [503, '{}', 'failed'],
    [429, '{}', 'overloaded'],
    [401, '{}', 'refused'],
    [403, '{}', 'refused'],
    [200, '<html>', 'failed'],
  ])('turns an answer %i %s into one named error', async (status, body, reason) => {
    hostile.answer = (send) => send(status, body);
    await expect(openHostile().count(space())).rejects.toMatchObject({
      code: 'vector_store.unavailable',
      details: { reason },
    });
  });

  it('names the dimension the server expects', async () => {
    hostile.answer = (send) =>
      send(400, '{"status":{"error":"Wrong input: Vector dimension error: expected dim: 768, got 3"}}');
    await expect(openHostile().query(space(), vector, 5)).rejects.toMatchObject({
      details: { expected: 768, actual: 3 },
    });
  });

  it('says that nobody answers, and refuses at once while the breaker is open', async () => {
    const store = new QdrantVectorStore({ url: 'http://127.0.0.1:1', halfOpenAfterMs: 60_000 });
    await expect(store.ping()).rejects.toMatchObject({ details: { reason: 'unreachable' } });
    for (let call = 0; call < 3; call += 1) {
      await expect(store.count(space())).rejects.toBeInstanceOf(VectorStoreUnavailableError);
    }
    await expect(store.count(space())).rejects.toMatchObject({ details: { reason: 'circuit_open' } });
  });
});

describe('The requests to Qdrant', () => {
  it('were all as its OpenAPI document says, with the key, and the client printed nothing', () => {
    expect(double.faults).toEqual([]);
    expect(double.keys).toEqual(new Set(['the key', undefined]));
    expect(printed).toEqual([]);
  });

  it('would be refused otherwise', async () => {
    const put = async (body: object) =>
      fetch(`${double.url}/collections/c`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await put({ vectors: { size: 3, distance: 'Cosinus' } })).status).toBe(400);
    expect((await put({ vectors: { size: 3, distance: 'Cosine' }, hnsw: {} })).status).toBe(400);
    expect((await fetch(`${double.url}/collections/c/points/search`, { method: 'POST', body: '{}' })).status).toBe(400);
    expect(double.faults.splice(0)).toHaveLength(3);
  });
});
