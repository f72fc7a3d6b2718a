import { inverseDocumentFrequency } from './bm25';
import { CollectionIndex } from './collection-index';
import { wordRarity } from './word-rarity';

const indexOf = (...texts: readonly (readonly [language: string, text: string])[]): CollectionIndex => {
  const index = new CollectionIndex(false);
  for (const [at, [language, text]] of texts.entries()) {
    index.put(`d${at}`, 1, [{ ordinal: 0, language, text }]);
  }
  return index;
};

describe('wordRarity', () => {
  const first = indexOf(['fr', 'Les congés sont posés dans le portail.'], ['fr', 'Les congés payés.']);
  const second = indexOf(['en', 'The portal is open.'], ['en', 'Congés is a French word.']);

  it('gives each word its IDF over everything searched, whatever the language around it', () => {
    const rarity = wordRarity([first, second], 'Où poser les congés dans le portail ?');
    expect(rarity.get('cong')).toBe(inverseDocumentFrequency(4, 3));
    expect(rarity.get('portail')).toBe(inverseDocumentFrequency(4, 1));
    expect(rarity.get('pos')).toBe(inverseDocumentFrequency(4, 1));
  });

  it('gives a word that nobody uses the highest', () => {
    const rarity = wordRarity([first, second], 'la tarte du portail');
    expect(rarity.get('tart')).toBe(inverseDocumentFrequency(4, 0));
    expect(rarity.get('tart')).toBeGreaterThan(rarity.get('portail')!);
  });

  it('knows nothing about nothing', () => {
    expect(wordRarity([], 'Où poser les congés ?').get('cong')).toBe(inverseDocumentFrequency(0, 0));
    expect([...wordRarity([first], '?')]).toEqual([]);
  });
});
