import { gramTerms } from './char-grams';
import { dimensionOf, passageVectors } from './passage-vectors';
import { indexTerms } from './terms';

describe('passageVectors', () => {
  it('has a dimension for each term that a question can be asked with', () => {
    const text = 'Les congés de l’été et les congés de Noël';
    const { words, grams } = passageVectors(text, 'fr');
    expect(new Set(words.keys())).toEqual(new Set(indexTerms(text, 'fr').map(dimensionOf)));
    expect(new Set(grams.keys())).toEqual(new Set(gramTerms(text).flat().map(dimensionOf)));
  });

  it('weighs a term the more the oftener it comes, and the less the longer the passage', () => {
    const weight = (text: string) => passageVectors(text, 'fr').words.get(dimensionOf('fr:budget'))!;
    expect(weight('budget budget')).toBeGreaterThan(weight('budget annexe'));
    expect(weight(`budget ${'annexe '.repeat(200)}`)).toBeLessThan(weight('budget annexe'));
    expect(weight('budget '.repeat(500))).toBeLessThan(1);
  });

  it('has nothing of a text without words', () => {
    expect(passageVectors('?!', 'fr')).toEqual({ words: new Map(), grams: new Map() });
  });
});

describe('dimensionOf', () => {
  it('gives terms numbers as evenly as chance would', () => {
    const letters = Array.from('abcdefghijklmnopqrst');
    const pairs = letters.flatMap((first) => letters.map((second) => first + second));
    const grams = pairs.flatMap((pair) => letters.map((letter) => ` ${pair}${letter}`));
    const words = grams.map((gram) => `fr:mot${gram}`);
    const numbers = new Set([...grams, ...words].map(dimensionOf));
    // 16,000 of 2^32: a collision has a probability of 3 %, and there is none.
    expect(numbers.size).toBe(grams.length + words.length);
    expect([...numbers].every((number) => number >= 0 && number < 2 ** 32)).toBe(true);
  });
});
