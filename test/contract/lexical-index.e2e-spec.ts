import { randomUUID } from 'node:crypto';

import { type SparseVectorStore } from '#libs/vector-store';

import { ChunkTable } from '../../libs/ingestion/src/pipeline/chunk-table';
import { vectorIdOf } from '../../libs/ingestion/src/pipeline/chunk-ids';
import { WordWriter } from '../../libs/ingestion/src/pipeline/word-writer';
import { InProcessLexicalIndex } from '../../libs/retrieval/src/lexical/in-process-lexical-index';
import { LexicalIndexOptions } from '../../libs/retrieval/src/lexical/lexical-index-options';
import { LexicalRows } from '../../libs/retrieval/src/lexical/lexical-rows';
import { SparseLexicalIndex } from '../../libs/retrieval/src/lexical/sparse-lexical-index';
import { QdrantSparseVectorStore } from '../../libs/vector-store/src/adapters/qdrant-sparse-vector-store';
import { openKnowledge, type Knowledge, type OpenKnowledge } from '../retrieval/knowledge';
import {
  describeLexicalIndex,
  IndexedKnowledge,
  type Generation,
  type LexicalIndexHarness,
} from './lexical-index.contract';
import { QdrantDouble } from './qdrant/qdrant-double';
import { realServer } from './qdrant/real-server';

const double = new QdrantDouble();
const real = realServer();
let opened: OpenKnowledge;

beforeAll(async () => {
  await double.start();
  opened = await openKnowledge();
});

afterAll(async () => {
  await opened.close();
  await double.stop();
});

const nothing = () => Promise.resolve();
const inProcess: LexicalIndexHarness = {
  open: ({ uow }) => new InProcessLexicalIndex(new LexicalRows(uow), new LexicalIndexOptions()),
  write: nothing,
  remove: nothing,
};

/** As the pipeline writes and removes. */
const over = (store: () => SparseVectorStore): LexicalIndexHarness => ({
  open: () => new SparseLexicalIndex(store()),
  write: async ({ uow }, { collection, ...target }) => {
    const chunks = new ChunkTable(uow);
    const { id: collectionId, organizationId } = collection;
    const words = { ...target, organizationId, collectionId };
    await new WordWriter(store(), chunks).write(words, new AbortController().signal);
    const disabled = await uow.query<{ ordinal: number }>(
      `SELECT ordinal FROM chunk WHERE document_id = $1 AND generation = $2 AND is_disabled`,
      [target.documentId, target.generation],
    );
    await store().remove(words, disabled.map(idIn(target)));
  },
  remove: async ({ uow }, { collection: { id: collectionId, organizationId }, ...target }) => {
    const ordinals = await new ChunkTable(uow).ordinals(target.documentId, target.generation);
    await store().remove(
      { organizationId, collectionId },
      ordinals.map((ordinal) => idIn(target)({ ordinal })),
    );
  },
});

const idIn =
  ({ documentId, generation }: Omit<Generation, 'collection'>) =>
  ({ ordinal }: { readonly ordinal: number }) =>
    vectorIdOf(documentId, generation, ordinal);

const inDouble = over(() => new QdrantSparseVectorStore({ url: double.url, apiKey: 'the key' }));
const knowledge = (): Knowledge => opened.knowledge;

describeLexicalIndex('in process', inProcess, knowledge);
describeLexicalIndex('qdrant, against a double that knows its OpenAPI', inDouble, knowledge);
if (real)
  describeLexicalIndex(
    `qdrant at ${real.url}`,
    over(() => new QdrantSparseVectorStore(real)),
    knowledge,
  );

/** The same numbers in each run (Numerical Recipes' congruential generator). */
const numbers = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Words of nine letters, the first ones much the oftenest, as in a language. */
const vocabulary = (next: (below: number) => number) =>
  Array.from({ length: 400 }, () =>
    Array.from({ length: 9 }, (_, at) => (at % 2 ? 'aeiou' : 'bcdfglmnprtv').charAt(next(at % 2 ? 5 : 12))).join(''),
  );

describe('Both lexical indexes', () => {
  it('rank passages alike', async () => {
    const next = numbers(7);
    const words = vocabulary(next);
    const word = () => words[Math.floor(next(20) * next(20) * next(2))] ?? words[0]!;
    const text = (length: number) => Array.from({ length }, word).join(' ');
    const passages = Array.from({ length: 60 }, (_, n) => ({
      text: text(90 + next(60)),
      language: n % 4 === 0 ? 'en' : 'fr',
    }));
    const collection = await knowledge().collection(await knowledge().user());
    const indexed = new IndexedKnowledge(knowledge(), inDouble);
    await indexed.add(collection, passages);
    const searched = await indexed.searched([collection]);
    const [one, other] = [inProcess.open(knowledge()), inDouble.open(knowledge())];
    for (let question = 0; question < 10; question += 1) {
      const asked = text(1 + question);
      const ranked = await Promise.all([one, other].map((index) => index.search(searched, asked, 10)));
      const [expected, found] = ranked.map((hits) => hits.map(({ id }) => id));
      expect(found).toEqual(expected);
      expect(await other.rarity(searched, asked)).toEqual(await one.rarity(searched, asked));
    }
  });
});

describe('What Qdrant keeps of words', () => {
  it('is no text', () => {
    const kept = JSON.stringify([...double.collections.values()].map(({ points }) => [...points.values()]));
    expect(kept).not.toMatch(/tracteur|congés|cantine/);
  });
});

describe('QdrantSparseVectorStore', () => {
  const space = () => ({ organizationId: randomUUID(), collectionId: randomUUID() });
  const record = (id: string, ...dimensions: number[]) => {
    const vector = new Map(dimensions.map((dimension) => [dimension, 0.5]));
    return { id, language: 'fr', vectors: { words: vector, grams: vector } };
  };
  const open = () => new QdrantSparseVectorStore({ url: double.url, apiKey: 'the key' });
  const scopeOf = ({ organizationId, collectionId }: ReturnType<typeof space>) => ({
    organizationId,
    collectionIds: [collectionId],
  });

  it('tells how many passages have each dimension, however many are asked for', async () => {
    const [store, used] = [open(), space()];
    await store.upsert(used, [record('a', 1, 2), record('b', 2), record('c')]);
    const dimensions = Array.from({ length: 250 }, (_, n) => n);
    const frequencies = await store.frequencies(scopeOf(used), 'words', dimensions, 3);
    expect([...frequencies].filter(([, count]) => count > 0)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(frequencies.size).toBe(250);
  });

  it('keeps spaces apart, counts them and tells which ids they have', async () => {
    const [store, used] = [open(), space()];
    const other = { ...used, collectionId: randomUUID() };
    await store.upsert(used, [record('a', 1), record('b', 1)]);
    await store.upsert(other, [record('a', 1)]);
    await store.dropSpace(other);
    expect([await store.count(used), await store.count(other), await store.count(space())]).toEqual([2, 0, 0]);
    expect(await store.existing(used, ['a', 'c'])).toEqual(new Set(['a']));
    expect(await store.languages(scopeOf(used))).toEqual(new Map([['fr', 2]]));
    expect(await store.languages(scopeOf(space()))).toEqual(new Map());
  });

  it('makes its collection again when it was lost', async () => {
    const [store, used] = [open(), space()];
    await store.upsert(used, [record('a', 1)]);
    double.collections.clear();
    expect(await store.count(used)).toBe(0);
    await store.upsert(used, [record('b', 1)]);
    expect(await store.count(used)).toBe(1);
  });

  it('does not write to a server that would count rarity over other people’s passages', async () => {
    double.version = '1.18.4';
    const refused = open().upsert(space(), [record('a', 1)]);
    await expect(refused).rejects.toMatchObject({ code: 'vector_store.unavailable', details: { reason: 'outdated' } });
    double.version = '1.19.0';
  });
});

describe('The requests to Qdrant about words', () => {
  it('were all as its OpenAPI document says, with the key', () => {
    expect(double.faults).toEqual([]);
    expect(double.keys).toEqual(new Set(['the key']));
  });
});
