import fc from 'fast-check';

import {
  averageLength,
  B,
  inverseDocumentFrequency,
  K1,
  mergeStatistics,
  termWeights,
  type CorpusStatistics,
} from './bm25';
import { InvertedIndex } from './inverted-index';

type Corpus = ReadonlyMap<number, readonly string[]>;

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

const TERMS = ['a', 'b', 'c', 'd', 'e', 'é', '文', 'mot', 'word'];
const someTerms = fc.array(fc.constantFrom(...TERMS), { maxLength: 12 });

describe('InvertedIndex', () => {
  it('scores as BM25 does, after any history of additions and removals', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ add: someTerms }) },
      { weight: 2, arbitrary: fc.record({ remove: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), someTerms, (steps, query) => {
        const index = new InvertedIndex();
        const corpus = new Map<number, readonly string[]>();
        for (const action of steps) {
          if ('add' in action) {
            const slot = index.add(action.add);
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
          for (const terms of texts) index.add(terms);
          const best = search(index, query).map(({ score }) => score);
          expect(search(index, query, limit).map(({ score }) => score)).toEqual(best.slice(0, limit));
        },
      ),
    );
  });

  it('keeps its answers through thousands of removals, sweeps and slots given again', () => {
    const index = new InvertedIndex();
    const text = (n: number) => [`word${n % 50}`, `other${n % 7}`, `only${n}`];
    let slots = Array.from({ length: 6_000 }, (_, n) => ({ n, slot: index.add(text(n)) }));
    for (const { n, slot } of slots) if (n % 3 !== 0) index.remove(slot);
    slots = slots.filter(({ n }) => n % 3 === 0);
    for (let n = 6_000; n < 9_000; n += 1) slots.push({ n, slot: index.add(text(n)) });
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length);
    expect(index.size).toBe(5_000);
    const corpus = new Map(slots.map(({ n, slot }) => [slot, text(n)]));
    for (const query of [['only3'], ['only4'], ['word7', 'only8999'], ['other3', 'other3']]) {
      const expected = reference(corpus, query);
      const hits = search(index, query);
      expect(new Set(hits.map(({ slot }) => slot))).toEqual(new Set(expected.keys()));
      const errors = hits.map(({ slot, score }) => Math.abs(score - (expected.get(slot) ?? NaN)));
      expect(Math.max(...errors)).toBeLessThan(1e-3);
    }
  });

  it('ignores a second removal of the same document', () => {
    const index = new InvertedIndex();
    const slot = index.add(['a']);
    index.add(['a']);
    index.remove(slot);
    index.remove(slot);
    index.remove(99);
    expect(index.size).toBe(1);
    expect(search(index, ['a'])).toHaveLength(1);
  });

  it('does not grow when the same documents are replaced again and again', () => {
    const index = new InvertedIndex();
    let slots: number[] = [];
    const replaceAll = () => {
      for (const slot of slots) index.remove(slot);
      slots = Array.from({ length: 3_000 }, (_, n) => index.add([`w${n}`, `x${n % 100}`, `y${n % 10}`]));
    };
    replaceAll();
    replaceAll();
    const { bytes } = index;
    for (let round = 0; round < 10; round += 1) replaceAll();
    expect(index.bytes).toBe(bytes);
  });

  it('answers nothing when it is empty or the terms are unknown', () => {
    const index = new InvertedIndex();
    expect(search(index, ['a'])).toEqual([]);
    index.add([]);
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
          for (const terms of left) a.add(terms);
          for (const terms of right) b.add(terms);
          for (const terms of [...left, ...right]) both.add(terms);
          const statistics = mergeStatistics([a.statistics(query), b.statistics(query)]);
          const apart = [a, b].flatMap((index) => searchWith(index, query, statistics, 100)).map(({ score }) => score);
          const together = search(both, query).map(({ score }) => score);
          expect(apart.toSorted((x, y) => y - x)).toEqual(together);
        },
      ),
    );
  });
});
