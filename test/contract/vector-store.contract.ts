import { randomUUID } from 'node:crypto';

import { InvalidVectorError, VectorDimensionError, type VectorSpace, type VectorStore } from '#libs/vector-store';

export interface VectorStoreHarness {
  /** The adapter under test, and a second client of the same store: another process. */
  readonly open: () => VectorStore;
  /** False where two instances do not share their records (memory). */
  readonly shared: boolean;
  /** False where the store cannot say which spaces it has. */
  readonly tellsSpaces?: false;
}

const DIMENSION = 8;

const newSpace = (changes: Partial<VectorSpace> = {}): VectorSpace => ({
  organizationId: randomUUID(),
  collectionId: randomUUID(),
  embeddingModel: 'builtin:test-v1',
  dimension: DIMENSION,
  ...changes,
});

const vector = (...values: number[]): Float32Array => {
  const padded = new Float32Array(DIMENSION);
  padded.set(values);
  return padded;
};

const allIds = async (store: VectorStore, space: VectorSpace): Promise<string[]> => {
  const ids: string[] = [];
  for await (const page of store.listIds(space)) ids.push(...page);
  return ids;
};

const allSpaces = async (store: VectorStore, organizationId: string): Promise<VectorSpace[]> => {
  const spaces: VectorSpace[] = [];
  for await (const page of store.listSpaces(organizationId)) spaces.push(...page);
  return spaces;
};

/** Every adapter of VectorStore passes this suite. */
export const describeVectorStore = (name: string, harness: VectorStoreHarness): void => {
  describe(`VectorStore contract: ${name}`, () => {
    let store: VectorStore;
    let space: VectorSpace;

    beforeEach(async () => {
      store = harness.open();
      space = newSpace();
      await store.ensureSpace(space);
    });

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it('finds the nearest records, best first, with their cosine similarity', async () => {
      await store.upsert(space, [
        { id: 'far', vector: vector(0, 1) },
        { id: 'near', vector: vector(2, 2) },
        { id: 'same', vector: vector(3, 0) },
        { id: 'opposite', vector: vector(-1, 0) },
      ]);
      const hits = await store.query(space, vector(1, 0), 10);
      expect(hits.map(({ id }) => id)).toEqual(['same', 'near', 'far', 'opposite']);
      expect(hits.map(({ score }) => score)).toEqual(
        [1, Math.SQRT1_2, 0, -1].map((s) => expect.closeTo(s, 4) as number),
      );
      expect(await store.query(space, vector(1, 0), 2)).toHaveLength(2);
      expect(await store.query(space, vector(1, 0), 0)).toEqual([]);
    });

    it('writes the same records twice as once', async () => {
      const records = [1, 2, 3].map((n) => ({ id: `d:1:${n}`, vector: vector(n, 1) }));
      await store.upsert(space, records);
      await store.upsert(space, records);
      expect(await store.count(space)).toBe(3);
    });

    it('replaces the vector of a known id', async () => {
      await store.upsert(space, [{ id: 'd:1:0', vector: vector(1, 0) }]);
      await store.upsert(space, [{ id: 'd:1:0', vector: vector(0, 1) }]);
      const [hit] = await store.query(space, vector(0, 1), 1);
      expect(hit).toEqual({ id: 'd:1:0', score: expect.closeTo(1, 4) as number });
    });

    it('keeps the last vector of an id repeated in one call', async () => {
      await store.upsert(space, [
        { id: 'd:1:0', vector: vector(1, 0) },
        { id: 'd:1:0', vector: vector(0, 1) },
      ]);
      expect(await store.count(space)).toBe(1);
      expect((await store.query(space, vector(0, 1), 1))[0]?.score).toBeCloseTo(1, 4);
    });

    it('accepts an empty write and an empty removal', async () => {
      await store.upsert(space, []);
      await store.remove(space, []);
      expect(await store.count(space)).toBe(0);
    });

    it('removes records and ignores ids it does not have', async () => {
      await store.upsert(
        space,
        [1, 2].map((n) => ({ id: `d:1:${n}`, vector: vector(n) })),
      );
      await store.remove(space, ['d:1:1', 'd:1:1', 'never:1:1']);
      expect(await allIds(store, space)).toEqual(['d:1:2']);
      expect((await store.query(space, vector(1), 5)).map(({ id }) => id)).toEqual(['d:1:2']);
    });

    it('tells which ids have a record, however many are asked for', async () => {
      await store.upsert(space, [{ id: 'd:1:1', vector: vector(1) }]);
      const many = Array.from({ length: 6_000 }, (_, n) => `d:1:${n}`);
      expect([...(await store.existing(space, many))]).toEqual(['d:1:1']);
      expect((await store.existing(space, [])).size).toBe(0);
      expect((await store.existing(newSpace(), many)).size).toBe(0);
    });

    it('takes and lists more records than one request holds', async () => {
      const total = 6_000;
      const records = Array.from({ length: total }, (_, n) => ({ id: `d:1:${n}`, vector: vector(n + 1, 1) }));
      await store.upsert(space, records);
      expect(await store.count(space)).toBe(total);
      const ids = await allIds(store, space);
      expect(new Set(ids).size).toBe(total);
      await store.remove(space, ids);
      expect(await store.count(space)).toBe(0);
    });

    it('has no records in a space it does not know', async () => {
      const unknown = newSpace();
      expect(await store.query(unknown, vector(1), 5)).toEqual([]);
      expect(await store.count(unknown)).toBe(0);
      expect(await allIds(store, unknown)).toEqual([]);
      await store.remove(unknown, ['d:1:0']);
      await store.dropSpace(unknown);
    });

    it('makes the space of a write that comes first', async () => {
      const unknown = newSpace();
      await store.upsert(unknown, [{ id: 'd:1:0', vector: vector(1) }]);
      expect(await store.count(unknown)).toBe(1);
    });

    it('drops a space with its records, and may be asked twice', async () => {
      await store.upsert(space, [{ id: 'd:1:0', vector: vector(1) }]);
      await store.dropSpace(space);
      await store.dropSpace(space);
      expect(await store.count(space)).toBe(0);
      await store.upsert(space, [{ id: 'd:2:0', vector: vector(1) }]);
      expect(await allIds(store, space)).toEqual(['d:2:0']);
    });

    it('names the expected and the actual dimension of a vector that does not fit', async () => {
      const short = new Float32Array([1, 2, 3]);
      const mismatch = { code: 'vector_store.dimension_mismatch', details: { expected: DIMENSION, actual: 3 } };
      await expect(store.upsert(space, [{ id: 'd:1:0', vector: short }])).rejects.toMatchObject(mismatch);
      await expect(store.query(space, short, 5)).rejects.toMatchObject(mismatch);
      await expect(store.query(space, short, 5)).rejects.toBeInstanceOf(VectorDimensionError);
      expect(await store.count(space)).toBe(0);
    });

    it('refuses a space whose model changed its dimension', async () => {
      const grown = { ...space, dimension: DIMENSION * 2 };
      await expect(store.ensureSpace(grown)).rejects.toMatchObject({
        details: { expected: DIMENSION, actual: DIMENSION * 2 },
      });
    });

    it.each([NaN, Infinity])('refuses a vector that holds %s, and writes nothing', async (value) => {
      const records = [
        { id: 'd:1:0', vector: vector(1) },
        { id: 'd:1:1', vector: vector(1, value) },
      ];
      await expect(store.upsert(space, records)).rejects.toBeInstanceOf(InvalidVectorError);
      await expect(store.query(space, vector(value), 1)).rejects.toBeInstanceOf(InvalidVectorError);
      expect(await store.count(space)).toBe(0);
    });

    it('keeps a zero vector without being near to it', async () => {
      await store.upsert(space, [
        { id: 'zero', vector: vector(0) },
        { id: 'one', vector: vector(1) },
      ]);
      expect((await store.query(space, vector(1), 1))[0]?.id).toBe('one');
    });

    it('keeps ids of any alphabet', async () => {
      const ids = ['été:1:0', '文書:1:0', '📄:1:0', 'a b/c?d=1:1:0'];
      await store.upsert(
        space,
        ids.map((id, n) => ({ id, vector: vector(n + 1, 1) })),
      );
      expect((await allIds(store, space)).toSorted()).toEqual(ids.toSorted());
      await store.remove(space, ids.slice(1));
      expect(await allIds(store, space)).toEqual(ids.slice(0, 1));
    });

    it('accepts a collection id of any length and alphabet', async () => {
      const odd = newSpace({ collectionId: `é ${'x'.repeat(100)}` });
      await store.upsert(odd, [{ id: 'd:1:0', vector: vector(1) }]);
      expect(await store.count(odd)).toBe(1);
    });

    it('keeps spaces apart by collection, by model and by organization', async () => {
      const others = [
        { ...space, collectionId: randomUUID() },
        { ...space, embeddingModel: 'ollama:other' },
        { ...space, organizationId: randomUUID() },
      ];
      await store.upsert(space, [{ id: 'd:1:0', vector: vector(1) }]);
      for (const other of others) {
        expect(await store.query(other, vector(1), 5)).toEqual([]);
        await store.upsert(other, [{ id: 'other', vector: vector(1) }]);
        await store.dropSpace(other);
      }
      expect(await allIds(store, space)).toEqual(['d:1:0']);
    });

    if (harness.tellsSpaces === false) {
      it('lists no space, for it cannot tell', async () => {
        expect(await allSpaces(store, space.organizationId)).toEqual([]);
      });
    } else {
      it('lists the spaces of one organization, also more than a page', async () => {
        const { organizationId } = space;
        const made = Array.from({ length: 50 }, () => newSpace({ organizationId }));
        const twin = { ...space, embeddingModel: 'ollama:other', dimension: DIMENSION * 2 };
        for (const each of [...made, twin, newSpace()]) await store.ensureSpace(each);
        const listed = await allSpaces(store, organizationId);
        const byId = (one: VectorSpace, other: VectorSpace) =>
          `${one.collectionId}${one.embeddingModel}` < `${other.collectionId}${other.embeddingModel}` ? -1 : 1;
        expect(listed.toSorted(byId)).toEqual([space, ...made, twin].toSorted(byId));
        for (const each of made) await store.dropSpace(each);
        expect((await allSpaces(store, organizationId)).toSorted(byId)).toEqual([space, twin].toSorted(byId));
        expect(await allSpaces(store, randomUUID())).toEqual([]);
      });
    }

    it('survives the same space being made many times at once', async () => {
      const fresh = newSpace();
      const stores = harness.shared ? [harness.open(), harness.open(), store] : [store];
      const calls = Array.from({ length: 12 }, (_, n) => stores[n % stores.length]!.ensureSpace(fresh));
      await expect(Promise.all(calls)).resolves.toHaveLength(12);
      await store.upsert(fresh, [{ id: 'd:1:0', vector: vector(1) }]);
      expect(await store.count(fresh)).toBe(1);
    });

    if (harness.shared) {
      it('sees what another process wrote, dropped and made again', async () => {
        const other = harness.open();
        await store.upsert(space, [{ id: 'd:1:0', vector: vector(1) }]);
        expect(await other.count(space)).toBe(1);
        await other.dropSpace(space);
        expect(await store.query(space, vector(1), 5)).toEqual([]);
        await other.upsert(space, [{ id: 'd:2:0', vector: vector(1) }]);
        expect(await store.query(space, vector(1), 5)).toHaveLength(1);
        await other.dropSpace(space);
        await store.upsert(space, [{ id: 'd:3:0', vector: vector(1) }]);
        expect(await allIds(other, space)).toEqual(['d:3:0']);
      });
    }
  });
};
