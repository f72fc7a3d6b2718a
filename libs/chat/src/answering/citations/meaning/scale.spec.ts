import fc from 'fast-check';

import { hashText } from '#libs/text';

import { RULER, RULER_TEXTS } from './ruler';
import { measureScales, median, relationOf, similarityOf, type Cosine } from './scale';

/** A model that knows what the ruler says, on any scale of its own. */
const able =
  (same: number, elsewhere: number): Cosine =>
  (one, other) =>
    Object.values(RULER)
      .flat()
      .some(({ texts, isSame }) => isSame && texts.includes(one) && texts.includes(other))
      ? same
      : elsewhere;

describe('measuring an embedding model', () => {
  it('asks for one batch of short texts', () => {
    expect(RULER_TEXTS).toHaveLength(24);
    expect(Math.max(...RULER_TEXTS.map(({ length }) => length))).toBeLessThan(80);
  });

  // Ranges of cosines as their makers and users publish them: e5 .7 to 1, text-embedding-3 .1 to .7.
  it.each([
    ['e5', 0.93, 0.8],
    ['text-embedding-3', 0.68, 0.12],
    ['bge-m3', 0.8, 0.5],
  ])('trusts one that knows meaning, whatever it calls near: %s', (_model, same, elsewhere) => {
    const scale = { same, elsewhere };
    expect(measureScales(able(same, elsewhere))).toEqual({ fr: scale, en: scale, across: scale });
  });

  it('finds out one that compares words', () => {
    const hashed = new Map(RULER_TEXTS.map((text) => [text, hashText(text)]));
    const cosine: Cosine = (one, other) => {
      const [a, b] = [hashed.get(one)!, hashed.get(other)!];
      return a.reduce((sum, value, place) => sum + value * b[place]!, 0);
    };
    expect(measureScales(cosine)).toEqual({});
  });

  it('finds out one that knows English alone', () => {
    const isFrench = (text: string) => RULER.fr.some(({ texts }) => texts.includes(text));
    const cosine: Cosine = (one, other) => (isFrench(one) || isFrench(other) ? 0.4 : able(0.9, 0.5)(one, other));
    expect(Object.keys(measureScales(cosine))).toEqual(['en']);
  });

  it.each([
    ['says the same of everything', () => 0.9],
    ['is noise', (one: string, other: string) => ((one.length * 31 + other.length * 17) % 7) / 100],
    ['gives nonsense', () => Number.NaN],
  ])('trusts none that %s', (_how, cosine) => {
    expect(measureScales(cosine)).toEqual({});
  });
});

describe('what a cosine means', () => {
  const scale = { same: 0.8, elsewhere: 0.4 };
  const similarity = (cosine: number, beside: readonly number[] = [], kind: 'meaning' | 'unknown' = 'meaning') =>
    similarityOf({ cosine, beside }, scale, kind);

  it('is the place between other texts and texts that say the same', () => {
    expect([0.2, 0.4, 0.68, 0.8, 1].map((cosine) => similarity(cosine))).toEqual([
      0,
      0,
      expect.closeTo(0.6),
      expect.closeTo(1),
      1,
    ]);
  });

  it('is less where the sentences beside are nearly as near', () => {
    expect(similarity(0.8, [0.75, 0.78, 0.7])).toBeLessThan(0.3);
    expect(similarity(0.8, [0.5, 0.45, 0.5])).toBe(1);
  });

  it('is less from a model nobody knows', () => {
    expect(similarity(0.72, [], 'unknown')).toBeLessThan(0.6);
    expect(similarity(0.72)).toBeGreaterThan(0.6);
  });

  it('never falls while the cosine rises, and stays between 0 and 1', () => {
    const cosines = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(cosines, cosines, fc.array(cosines), fc.constantFrom('meaning', 'unknown'), (a, b, beside, kind) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((cosine) => similarity(cosine, beside, kind));
        expect(high).toBeGreaterThanOrEqual(low!);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('rests on the middle of what is beside', () => {
    expect([median([]), median([3]), median([4, 1, 2]), median([1, 2, 3, 10])]).toEqual([0, 3, 2, 2.5]);
  });

  it('is measured across languages unless both texts are French or both English', () => {
    expect([relationOf('fr', 'fr'), relationOf('en', 'en'), relationOf('fr', 'en'), relationOf('de', 'de')]).toEqual([
      'fr',
      'en',
      'across',
      'across',
    ]);
  });
});
