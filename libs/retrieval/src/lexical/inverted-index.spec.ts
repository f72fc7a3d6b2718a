import fc from 'fast-check';

import { B, K1, keysOfTerms } from '#libs/text';

import { averageLength, inverseDocumentFrequency, mergeStatistics, termWeights, type CorpusStatistics } from './bm25';
import { Breather } from './breather';
import { InvertedIndex } from './inverted-index';

type Corpus = ReadonlyMap<number, readonly string[]>;

/** The same texts under the slots a compaction gives them. */
const renumbered = (corpus: Corpus): Map<number, readonly string[]> =>
  new Map(
    Array.from(corpus)
      .sort(([a], [b]) => a - b)
      .map(([, terms], slot) => [slot, terms]),
  );

/** BM25 as the textbook writes it, over plain arrays. */
const reference = (corpus: Corpus, query: readonly string[]): Map<number, number> => {
  const average = [...corpus.values()].reduce((sum, terms) => sum + terms.length, 0) / corpus.size || 1;
  const scores = new Map<number, number>();
  const texts = [...corpus.values()];
  const rarity = query.map((term) =>
    inverseDocumentFrequency(corpus.size, texts.filter((terms) => terms.includes(term)).length),
  );
  for (const [id, terms] of corpus) {
    let score = 0;
    for (const [at, term] of query.entries()) {
      const frequency = terms.filter((other) => other === term).length;
      const norm = frequency + K1 * (1 - B + (B * terms.length) / average);
      if (frequency > 0) score += ((rarity[at] ?? 0) * frequency * (K1 + 1)) / norm;
    }
    if (score > 0) scores.set(id, score);
  }
  return scores;
};

const searchWith = (index: InvertedIndex, query: readonly string[], statistics: CorpusStatistics, limit: number) => {
  const terms = query.map((term) => [term]);
  return index.search(termWeights(terms, statistics), averageLength(statistics), limit);
};

const search = (index: InvertedIndex, query: readonly string[], limit = 10_000) =>
  searchWith(index, query, index.statistics(query), limit);

const add = (index: InvertedIndex, terms: readonly string[]) => index.add(keysOfTerms(terms));

const TERMS = ['a', 'b', 'c', 'd', 'e', 'é', '文', 'mot', 'word'];
const someTerms = fc.array(fc.constantFrom(...TERMS), { maxLength: 12 });

describe('InvertedIndex', () => {
  it('scores as BM25 does, after any history of additions, removals and compactions', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ add: someTerms }) },
      { weight: 2, arbitrary: fc.record({ remove: fc.nat() }) },
      { weight: 1, arbitrary: fc.constant({ compact: true }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), someTerms, async (steps, query) => {
        let index = new InvertedIndex();
        let corpus = new Map<number, readonly string[]>();
        for (const action of steps) {
          if ('compact' in action) {
            index = await index.compacted(new Breather());
            corpus = renumbered(corpus);
          } else if ('add' in action) {
            const slot = add(index, action.add);
            expect(corpus.has(slot)).toBe(false);
            corpus.set(slot, action.add);
          } else if (corpus.size > 0) {
            const slot = [...corpus.keys()][action.remove % corpus.size] ?? 0;
            index.remove(slot);
            corpus.delete(slot);
          }
        }
        const expected = reference(corpus, query);
        const hits = search(index, query);
        expect(index.size).toBe(corpus.size);
        expect(hits).toHaveLength(expected.size);
        for (const { slot, score } of hits) expect(score).toBeCloseTo(expected.get(slot) ?? NaN, 3);
        expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same best hits whatever the limit', () => {
    fc.assert(
      fc.property(
        fc.array(someTerms, { minLength: 1, maxLength: 40 }),
        someTerms,
        fc.nat(10),
        (texts, query, limit) => {
          const index = new InvertedIndex();
          for (const terms of texts) add(index, terms);
          const best = search(index, query).map(({ score }) => score);
          expect(search(index, query, limit).map(({ score }) => score)).toEqual(best.slice(0, limit));
        },
      ),
    );
  });

  it('keeps its answers through thousands of removals and a compaction', async () => {
    let index = new InvertedIndex();
    const text = (n: number) => [
      `word${n % 50}`,
      `other${n % 7}`,
      ...Array<string>(n % 100 === 0 ? 1 + (n % 700) : 1).fill('often'),
      `only${n}`,
    ];
    let corpus: Map<number, readonly string[]> = new Map(
      Array.from({ length: 6_000 }, (_, n) => [add(index, text(n)), text(n)] as const),
    );
    for (const slot of [...corpus.keys()]) {
      if (slot % 3 === 0) continue;
      index.remove(slot);
      corpus.delete(slot);
    }
    for (const compacts of [false, true]) {
      if (compacts) {
        index = await index.compacted(new Breather());
        corpus = renumbered(corpus);
      }
      for (let n = 6_000; n < 7_000; n += 1) corpus.set(add(index, text(n)), text(n));
      expect(index.size).toBe(corpus.size);
      for (const query of [['only3'], ['only4'], ['word7', 'only6999'], ['other3', 'other3'], ['nowhere']]) {
        const expected = reference(corpus, query);
        const hits = search(index, query);
        expect(new Set(hits.map(({ slot }) => slot))).toEqual(new Set(expected.keys()));
        const errors = hits.map(({ slot, score }) => Math.abs(score - (expected.get(slot) ?? NaN)));
        expect(Math.max(0, ...errors)).toBeLessThan(1e-3);
      }
    }
  });

  it('ignores a second removal of the same document', () => {
    const index = new InvertedIndex();
    const slot = add(index, ['a']);
    add(index, ['a']);
    index.remove(slot);
    index.remove(slot);
    index.remove(99);
    expect(index.size).toBe(1);
    expect(search(index, ['a'])).toHaveLength(1);
  });

  it('takes as little after thousands of replacements as if there had been none', async () => {
    const index = new InvertedIndex();
    const addAll = () => Array.from({ length: 3_000 }, (_, n) => add(index, [`w${n}`, `x${n % 100}`, `y${n % 10}`]));
    let slots = addAll();
    const { bytes } = index;
    for (let round = 0; round < 10; round += 1) {
      for (const slot of slots) index.remove(slot);
      slots = addAll();
    }
    expect(index.bytes).toBeGreaterThan(bytes);
    expect((await index.compacted(new Breather())).bytes).toBeLessThanOrEqual(bytes);
  });

  it('takes about two bytes for each word of each document', () => {
    const index = new InvertedIndex();
    for (let n = 0; n < 20_000; n += 1)
      add(
        index,
        Array.from({ length: 100 }, (_, at) => `w${(n * at) % 997}`),
      );
    expect(index.bytes / 2_000_000).toBeLessThan(2.5);
  });

  it('answers nothing when it is empty or the terms are unknown', () => {
    const index = new InvertedIndex();
    expect(search(index, ['a'])).toEqual([]);
    add(index, []);
    expect(search(index, ['a'])).toEqual([]);
    expect(search(index, [])).toEqual([]);
  });

  it('scores documents of two indexes as one index of both would', () => {
    fc.assert(
      fc.property(
        fc.array(someTerms, { maxLength: 20 }),
        fc.array(someTerms, { maxLength: 20 }),
        someTerms,
        (left, right, query) => {
          const [a, b, both] = [new InvertedIndex(), new InvertedIndex(), new InvertedIndex()];
          for (const terms of left) add(a, terms);
          for (const terms of right) add(b, terms);
          for (const terms of [...left, ...right]) add(both, terms);
          const statistics = mergeStatistics([a.statistics(query), b.statistics(query)]);
          const apart = [a, b].flatMap((index) => searchWith(index, query, statistics, 100)).map(({ score }) => score);
          const together = search(both, query).map(({ score }) => score);
          expect(apart.toSorted((x, y) => y - x)).toEqual(together);
        },
      ),
    );
  });
});
