import fc from 'fast-check';

import { fuse, minMax, type ScoredId } from './fuse';
import { fusionWeights } from './fusion-weights';

const score = fc.integer({ min: -1_000, max: 50_000 }).map((thousandths) => thousandths / 1_000);
const hits: fc.Arbitrary<ScoredId[]> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), score), { selector: ([id]) => id, maxLength: 20 })
  .map((entries) => entries.map(([id, value]) => ({ id: `c${id}`, score: value })));
const weight = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const byOrder = (a: ScoredId, b: ScoredId) => b.score - a.score || (a.id < b.id ? -1 : 1);

describe('minMax', () => {
  it('stays within 0 and 1 and keeps the order', () => {
    fc.assert(
      fc.property(hits, (leg) => {
        const scaled = minMax(leg);
        expect(scaled.every((hit) => hit.score >= 0 && hit.score <= 1)).toBe(true);
        for (const [at, { score: before }] of leg.entries()) {
          for (const [other, { score: rival }] of leg.entries()) {
            if (before > rival) expect(scaled[at]!.score).toBeGreaterThanOrEqual(scaled[other]!.score);
          }
        }
      }),
    );
  });

  it('does not depend on the scale of a leg', () => {
    const leg = [3, 2, 0].map((value) => ({ id: `c${value}`, score: value }));
    const scaled = leg.map(({ id, score: value }) => ({ id, score: value * 8 + 4 }));
    expect(minMax(scaled)).toEqual(minMax(leg));
  });

  it('gives full marks when all are equal, and nothing for nothing', () => {
    expect(minMax([{ id: 'a', score: 7 }])).toEqual([{ id: 'a', score: 1 }]);
    expect(minMax([])).toEqual([]);
  });
});

describe('fuse', () => {
  it('returns every candidate once, best first, whatever the order of the legs', () => {
    fc.assert(
      fc.property(hits, hits, weight, (left, right, share) => {
        const legs = [
          { hits: left, weight: share },
          { hits: right, weight: 1 - share },
        ];
        const fused = fuse(legs);
        expect(new Set(fused.map(({ id }) => id))).toEqual(new Set([...left, ...right].map(({ id }) => id)));
        expect(fused).toEqual(fused.toSorted(byOrder));
        expect(fuse(legs.toReversed()).map(({ id }) => id)).toEqual(fused.map(({ id }) => id));
      }),
    );
  });

  it('keeps the order of a leg that is alone', () => {
    fc.assert(
      fc.property(hits, (leg) => {
        const best = Math.max(...leg.map((hit) => hit.score));
        const [first] = fuse([{ hits: leg, weight: 1 }]);
        expect(leg.find(({ id }) => id === first?.id)?.score ?? -Infinity).toBe(best);
      }),
    );
  });

  it('never lets a passage fall because another leg found it too', () => {
    fc.assert(
      fc.property(hits, hits, weight, (left, right, share) => {
        const alone = new Map(fuse([{ hits: left, weight: share }]).map(({ id, score: value }) => [id, value]));
        const together = fuse([
          { hits: left, weight: share },
          { hits: right, weight: 1 - share },
        ]);
        for (const { id, score: value } of together) expect(value).toBeGreaterThanOrEqual(alone.get(id) ?? 0);
      }),
    );
  });
});

describe('fusionWeights', () => {
  it('trusts words over the built-in embedder and balances a trained model', () => {
    expect(fusionWeights('builtin:hashed-ngrams-v1', 1).dense).toBeLessThan(0.2);
    expect(fusionWeights('ollama:nomic-embed-text-v2-moe', 0)).toEqual({ dense: 0.5, lexical: 0.5 });
    expect(fusionWeights('openai:BAAI/bge-m3', 0)).toEqual({ dense: 0.5, lexical: 0.5 });
    for (const id of ['builtin:x', 'ollama:y']) {
      expect(fusionWeights(id, 0.1).dense + fusionWeights(id, 0.1).lexical).toBeCloseTo(1);
    }
  });

  it('lets a model nobody knows count as far as it agrees with the words', () => {
    const shares = [0, 0.1, 0.2, 1].map((agreement) => fusionWeights('ollama:mine', agreement).dense);
    expect(shares).toEqual([0, 0.075, 0.15, 0.15]);
  });
});
