import fc from 'fast-check';

import { areaUnderRoc } from './abstention';
import { hitAt, mean, ndcgAt, percentile, recallAt, reciprocalRank } from './ranking';
import { abstentionAt, fitThreshold } from './threshold';

const RELEVANT = new Map([
  ['a', 1],
  ['b', 1],
]);
const judged = (confidence: number, isAnswerable: boolean) => ({ confidence, isAnswerable });

describe('ranking figures', () => {
  it('are those of trec_eval', () => {
    expect(ndcgAt(10, ['a', 'b'], RELEVANT)).toBe(1);
    expect(ndcgAt(10, ['x', 'a'], RELEVANT)).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)));
    expect(ndcgAt(1, ['x', 'a'], RELEVANT)).toBe(0);
    expect(ndcgAt(10, ['x'], new Map())).toBe(0);
    expect(recallAt(2, ['x', 'a', 'b'], RELEVANT)).toBe(0.5);
    expect(reciprocalRank(['x', 'y', 'b'], RELEVANT)).toBeCloseTo(1 / 3);
    expect(reciprocalRank(['x'], RELEVANT)).toBe(0);
    expect([hitAt(1, ['x', 'a'], RELEVANT), hitAt(2, ['x', 'a'], RELEVANT)]).toEqual([false, true]);
  });

  it('are 0 of nothing', () => {
    expect([mean([]), percentile([], 0.95), recallAt(5, [], new Map())]).toEqual([0, 0, 0]);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
  });
});

describe('abstention figures', () => {
  it('count ties half and need both kinds', () => {
    expect(areaUnderRoc([judged(0.9, true), judged(0.1, false)])).toBe(1);
    expect(areaUnderRoc([judged(0.5, true), judged(0.5, false)])).toBe(0.5);
    expect(areaUnderRoc([judged(0.9, true)])).toBeUndefined();
  });

  it('tell what answering from a confidence on covers and risks', () => {
    const rows = [judged(0.9, true), judged(0.6, false), judged(0.2, true), judged(0.1, false)];
    expect(abstentionAt(0.5, rows)).toEqual({ coverage: 0.5, risk: 0.5 });
    expect(abstentionAt(1, rows)).toEqual({ coverage: 0, risk: 0 });
  });

  it('fit the threshold between the two kinds', () => {
    const rows = Array.from({ length: 20 }, (_, at) => judged(at / 20, at >= 12));
    expect(fitThreshold(rows)).toBeCloseTo(0.575);
    expect(fitThreshold(rows.slice(8))).toBeUndefined();
  });

  it('no other threshold does better than the fitted one', () => {
    const row = fc.record({
      confidence: fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
      isAnswerable: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 30, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, other) => {
          const fitted = fitThreshold(rows);
          fc.pre(fitted !== undefined);
          const gain = (from: number) =>
            mean(rows.filter((r) => r.isAnswerable).map((r) => Number(r.confidence >= from))) -
            mean(rows.filter((r) => !r.isAnswerable).map((r) => Number(r.confidence >= from)));
          expect(gain(fitted)).toBeGreaterThanOrEqual(gain(other) - 1e-9);
        },
      ),
    );
  });
});
