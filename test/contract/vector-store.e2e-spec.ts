import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { InMemoryVectorStore, VectorStoreUnavailableError, type VectorSpace } from '#libs/vector-store';

import { ChromaVectorStore } from '../../libs/vector-store/src/adapters/chroma-vector-store';
import { HostileServer, RecordingObserver } from './vector-store.support';
import { describeVectorStore } from './vector-store.contract';
import { ChromaProcess } from './vector-store.process';

const server = new ChromaProcess();
const warnings: unknown[][] = [];

beforeAll(async () => {
  for (const level of ['warn', 'error', 'log'] as const) {
    jest.spyOn(console, level).mockImplementation((...words) => void warnings.push(words));
  }
  await server.start();
});

afterAll(async () => {
  await server.dispose();
  jest.restoreAllMocks();
});

describeVectorStore('memory', { open: () => new InMemoryVectorStore(), shared: false });
describeVectorStore('chroma', { open: () => new ChromaVectorStore({ url: server.url }), shared: true });

const space = (): VectorSpace => ({
  organizationId: randomUUID(),
  collectionId: randomUUID(),
  embeddingModel: 'builtin:test-v1',
  dimension: 3,
});
const vector = new Float32Array([1, 2, 3]);

/** Waits until the breaker lets a call through; bounded. */
const untilItWorks = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const outcome = await work().then(
      (value) => ({ value }),
      () => undefined,
    );
    if (outcome) return outcome.value;
    await sleep(50);
  }
  return work();
};

describe('ChromaVectorStore and organizations', () => {
  const namesIn = async (database: string): Promise<string[]> => {
    const answer = await fetch(`${server.url}/api/v2/tenants/default_tenant/databases/${database}/collections`);
    return answer.ok ? ((await answer.json()) as { name: string }[]).map(({ name }) => name) : [];
  };

  it('keeps each organization in a database of its own, and nothing in the one they could share', async () => {
    const store = new ChromaVectorStore({ url: server.url });
    const [ours, theirs] = [space(), space()];
    await Promise.all([ours, theirs].map((one) => store.upsert(one, [{ id: 'a', vector }])));
    for (const one of [ours, theirs]) {
      const names = await namesIn(`organization-${one.organizationId}`);
      expect(names).toEqual([expect.stringContaining(one.collectionId)]);
    }
    expect(await namesIn('default_database')).toEqual([]);
  });

  it('finds nothing of a collection that is named under another organization', async () => {
    const store = new ChromaVectorStore({ url: server.url });
    const ours = space();
    await store.upsert(ours, [{ id: 'a', vector }]);
    const asked = { ...ours, organizationId: randomUUID() };
    expect(await store.query(asked, vector, 5)).toEqual([]);
    expect(await store.count(asked)).toBe(0);
  });
});

describe('ChromaVectorStore and a server in trouble', () => {
  it('says that the server does not answer, and goes on by itself once it is back', async () => {
    const store = new ChromaVectorStore({ url: server.url, halfOpenAfterMs: 50 });
    const used = space();
    await store.upsert(used, [{ id: 'd:1:0', vector }]);
    await server.kill();
    for (let call = 0; call < 4; call += 1) {
      await expect(store.query(used, vector, 1)).rejects.toBeInstanceOf(VectorStoreUnavailableError);
    }
    await expect(store.upsert(used, [{ id: 'd:1:1', vector }])).rejects.toMatchObject({
      code: 'vector_store.unavailable',
      kind: 'unavailable',
    });
    await expect(store.ping()).rejects.toMatchObject({ details: { reason: 'unreachable' } });
    await server.start();
    expect(await untilItWorks(() => store.query(used, vector, 5))).toHaveLength(1);
    await store.ping();
  });

  it('refuses at once while the breaker is open', async () => {
    const store = new ChromaVectorStore({ url: 'http://127.0.0.1:1', halfOpenAfterMs: 60_000 });
    for (let call = 0; call < 3; call += 1) await store.count(space()).catch(() => undefined);
    await expect(store.count(space())).rejects.toMatchObject({ details: { reason: 'circuit_open' } });
  });

  it('reports each call to its observer', async () => {
    const observer = new RecordingObserver();
    const store = new ChromaVectorStore({ url: server.url, observer });
    await store.upsert(space(), [{ id: 'd:1:0', vector }]);
    await store.ping();
    expect(observer.succeeded).toEqual(expect.arrayContaining(['upsert', 'ping']));
  });
});

describe('ChromaVectorStore and a hostile server', () => {
  const hostile = new HostileServer();
  const open = () => new ChromaVectorStore({ url: hostile.url, readTimeoutMs: 100, writeTimeoutMs: 100 });

  beforeAll(() => hostile.start());
  afterAll(() => hostile.stop());

  it('does not wait for ever', async () => {
    hostile.answer = () => undefined;
    await expect(open().ping()).rejects.toMatchObject({ details: { reason: 'timeout' } });
    await expect(open().count(space())).rejects.toMatchObject({ details: { reason: 'timeout' } });
  });

  it.each([
    [500, '{"error":"InternalError"}', 'failed'],
    [429, '{}', 'overloaded'],
    [401, '{}', 'refused'],
    [200, '<html>', 'failed'],
  ])('turns an answer %i %s into one named error', async (status, body, reason) => {
    hostile.answer = (send) => send(status, body);
    await expect(open().count(space())).rejects.toMatchObject({
      code: 'vector_store.unavailable',
      details: { reason },
    });
  });
});

describe('The Chroma client', () => {
  it('printed nothing in all of the above', () => {
    expect(warnings).toEqual([]);
  });
});
