import fc from 'fast-check';

import { excerptOf } from './excerpt';
import { findWords, wordsOf } from './find-words';
import { FOLDED_LETTERS, foldForSearch } from './fold-for-search';

describe('Words of a search', () => {
  it('are found without regard to case, accents and apostrophes, at their places in the text', () => {
    const text = 'L’été, les CONGÉS payés de l’équipe.';
    expect(findWords(text, wordsOf("conges l'equipe", 8)).map(({ start, end }) => text.slice(start, end))).toEqual([
      'CONGÉS',
      'l’équipe',
    ]);
  });

  it('must all be there', () => {
    expect(findWords('Les congés payés', wordsOf('congés télétravail', 8))).toEqual([]);
    expect(findWords('Les congés payés', [])).toEqual([]);
  });

  it('are counted once, also where they overlap', () => {
    expect(findWords('ananas', ['ana', 'nas'])).toEqual([{ start: 0, end: 6 }]);
  });

  it('fold to texts of the same length, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => foldForSearch(text).length === text.length));
  });

  it('fold one letter to one letter, as PostgreSQL does', () => {
    expect(Array.from(FOLDED_LETTERS.from)).toHaveLength(FOLDED_LETTERS.to.length);
  });

  it('stand in an excerpt at the offsets it names, however long the text', () => {
    const words = fc.array(fc.constantFrom('congés', 'Zürich', '😀', 'a', '\n', 'de'), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(words, (parts) => {
        const text = [...parts, 'PRÉAVIS'].join(' ');
        const places = findWords(text, ['preavis']);
        const { start, text: excerpt, matches } = excerptOf(text, places);
        expect(text.slice(start, start + excerpt.length)).toBe(excerpt);
        expect(excerpt.isWellFormed()).toBe(true);
        expect(matches.map((place) => excerpt.slice(place.start, place.end))).toEqual(['PRÉAVIS']);
      }),
      { numRuns: 50 },
    );
  });
});
