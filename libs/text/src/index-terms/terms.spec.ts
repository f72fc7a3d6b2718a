import { charGrams, gramKeys, gramTerms } from './char-grams';
import { keysOfTerms } from './term-keys';
import { indexTerms, mergeLanguages, queryTerms } from './terms';

const FRENCH = new Map([['fr', 100]]);
const BOTH = new Map([
  ['fr', 50],
  ['en', 50],
]);
const forms = (question: string, languages: ReadonlyMap<string, number>) => queryTerms(question, languages);

describe('indexTerms', () => {
  it('marks each stem with its language and leaves function words out', () => {
    expect(indexTerms('Les congés de l’année', 'fr')).toEqual(['fr:cong', 'fr:anne']);
    expect(indexTerms('The winters of the north', 'en')).toEqual(['en:winter', 'en:north']);
  });
});

describe('queryTerms', () => {
  it('meets the index terms of the same words', () => {
    expect(forms('Quels sont les congés payés de cette année ?', FRENCH)).toEqual([
      ['fr:cong'],
      ['fr:pai'],
      ['fr:anne'],
    ]);
  });

  it('gives each word a form for every language of the passages', () => {
    expect(forms('Où sont les documents Zephyrix ?', BOTH)).toEqual([
      ['fr:docu', 'en:document'],
      ['fr:zephyrix', 'en:zephyrix'],
    ]);
  });

  it('leaves the function words of a French question out of the English forms too', () => {
    expect(forms('Que faut-il faire dans les bureaux ?', BOTH).flat()).not.toContain('en:le');
    expect(forms('Que faut-il faire dans les bureaux ?', BOTH)).toHaveLength(1);
  });

  it('keeps a word that only a language not spoken here takes for a function word', () => {
    expect(forms('mais', new Map([['en', 100]]))).toEqual([['en:mai']]);
  });

  it('takes a repeated word once', () => {
    expect(forms('budget, budget et budgets', FRENCH)).toEqual([['fr:budget']]);
  });

  it('finds no terms where nothing is spoken or only function words are asked', () => {
    expect(forms('budget', new Map()).flat()).toEqual([]);
    expect(forms('qui est-ce ?', FRENCH).flat()).toEqual([]);
  });
});

describe('mergeLanguages', () => {
  it('adds up the passages of each language', () => {
    expect(mergeLanguages([FRENCH, BOTH])).toEqual(
      new Map([
        ['fr', 150],
        ['en', 50],
      ]),
    );
  });
});

describe('charGrams', () => {
  it('runs over folded words and the spaces between them', () => {
    expect(charGrams('Été 24')).toEqual([' ete', 'ete ', 'te 2', 'e 24', ' 24 ']);
    expect(charGrams('?!')).toEqual([]);
  });

  it('gives the passages of the index the keys of the same grams', () => {
    for (const text of ['Été 24', 'L’ÎLE & co. — n° 3\n文字', '?!', '', 'a']) {
      expect(gramKeys(text)).toEqual(keysOfTerms(charGrams(text)));
    }
  });

  it('takes each gram of a question once', () => {
    expect(gramTerms('aaaaaa')).toEqual([[' aaa'], ['aaaa'], ['aaa ']]);
  });
});
