import * as fc from 'fast-check';
import { analyze, detectLanguage, foldAccents, isStopWord, splitSentences, stem, tokenize } from '.';

const sentences = (text: string, language = 'fr') =>
  splitSentences(text, language).map(({ start, end }) => text.slice(start, end));
const terms = (text: string) => tokenize(text).map(({ term }) => term);

describe('tokenize', () => {
  it('removes French elisions written with either apostrophe', () => {
    expect(terms("L'été qu’on aime, jusqu'à l’aube d'aujourd'hui")).toEqual([
      'été',
      'on',
      'aime',
      'à',
      'aube',
      "aujourd'hui",
    ]);
  });

  it('removes the English possessive and keeps contractions', () => {
    expect(terms("The company's staff don’t")).toEqual(['the', 'company', 'staff', "don't"]);
  });

  it('composes accents, opens ligatures and drops soft hyphens', () => {
    expect(terms('e\u0301te\u0301 of\uFB01ce ad\u00ADmi\u00ADnis\u00ADtra\u00ADtion')).toEqual([
      'été',
      'office',
      'administration',
    ]);
  });

  it('finds the words of a script without spaces', () => {
    expect(terms('今日は良い天気です').length).toBeGreaterThan(2);
  });

  it('gives each token at its place in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let last = 0;
        for (const { term, start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(term).not.toBe('');
          last = end;
        }
      }),
    );
  });
});

describe('analyze', () => {
  it('stems, then folds accents, and leaves function words out', () => {
    expect(analyze('Quelles sont les années de référence ?', 'fr')).toEqual([stem('années', 'fr'), 'referent']);
    expect(analyze('What are the running costs?', 'en')).toEqual(['run', 'cost']);
  });

  it('meets a query typed without accents', () => {
    expect(analyze('numero de telephone', 'fr')).toEqual(analyze('Numéro de téléphone', 'fr'));
  });

  it('folds only, for a language without a stemmer', () => {
    expect(analyze('Příliš žluťoučký', 'cs')).toEqual(['prilis', 'zlutoucky']);
  });

  it('answers the same from its cache', () => {
    expect(stem('continuellement', 'fr')).toBe(stem('continuellement', 'fr'));
  });
});

describe('foldAccents', () => {
  it('removes diacritics and opens ligatures', () => {
    expect(foldAccents('cœur à côté de façade')).toBe('coeur a cote de facade');
  });
});

describe('isStopWord', () => {
  it('knows function words of French and English, not of other languages', () => {
    expect(isStopWord('combien', 'fr')).toBe(true);
    expect(isStopWord('which', 'en')).toBe(true);
    expect(isStopWord('congés', 'fr')).toBe(false);
    expect(isStopWord('the', 'de')).toBe(false);
  });
});

describe('detectLanguage', () => {
  it.each([
    ['Combien de jours de congés ?', 'fr'],
    ['délai de préavis démission', 'fr'],
    ['How many vacation days?', 'en'],
    ['remote work policy', 'en'],
    ['Wie viele Urlaubstage habe ich im Jahr?', 'de'],
    ['Сколько дней отпуска?', 'ru'],
    [
      'Die Mitarbeiterinnen und Mitarbeiter erhalten dreißig Urlaubstage im Kalenderjahr und können sie frei wählen.',
      'de',
    ],
    ['1234 ?', 'und'],
    ['', 'und'],
  ])('says of "%s" that it is %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('splitSentences', () => {
  it('does not cut after abbreviations, initials and decimals', () => {
    const text =
      "M. Dupont cite l'art. L. 122 du code (cf. p. 12). Le n° 5 coûte 3.5 euros. Le Dr. J. R. Martin vient.";
    expect(sentences(text)).toEqual([
      "M. Dupont cite l'art. L. 122 du code (cf. p. 12).",
      'Le n° 5 coûte 3.5 euros.',
      'Le Dr. J. R. Martin vient.',
    ]);
    expect(sentences('Mr. Smith paid $4.50, e.g. in cash. He left.', 'en')).toEqual([
      'Mr. Smith paid $4.50, e.g. in cash.',
      'He left.',
    ]);
  });

  it('ends sentences of scripts with other full stops', () => {
    expect(sentences('今日は良い天気です。明日は雨です。', 'ja')).toHaveLength(2);
  });

  it('keeps closing quotation marks with their sentence', () => {
    expect(sentences('Il dit : « Pourquoi ? » Puis il part.')).toEqual(['Il dit : « Pourquoi ? »', 'Puis il part.']);
  });

  it.each([
    [
      '[24]',
      'Le texte finit.[24] Ensuite il reprend.[25, 26][b] Voilà.',
      ['Le texte finit.[24]', 'Ensuite il reprend.[25, 26][b]', 'Voilà.'],
    ],
    [
      '[1] behind a space',
      'It ends here. [1] Then “it goes on.”[2] Well.',
      ['It ends here. [1]', 'Then “it goes on.”[2]', 'Well.'],
    ],
    ['[note 3] without a space', 'Il finit.[note 3]Puis il reprend.', ['Il finit.[note 3]', 'Puis il reprend.']],
  ])('leaves the reference %s with the sentence it closes', (_, text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it('does not end a sentence at a reference inside it', () => {
    expect(sentences('Il vit à Blois [3] depuis 1998, dit-on.[4] ensuite à Tours.')).toHaveLength(1);
  });

  it('begins an entry of a bibliography with its number', () => {
    const before = 'Les travaux cités sont rangés dans l’ordre de leur parution.';
    expect(sentences(`${before}\n[1] Martin, Le livre des sentiers.\n[2] Morel, Les cols.`)).toEqual([
      before,
      '[1] Martin, Le livre des sentiers.',
      '[2] Morel, Les cols.',
    ]);
  });

  it('ends a sentence at headings, list items, table rows and blank lines', () => {
    const text =
      '# Congés payés\nVingt-cinq jours par an.\n- un lundi\n- un mardi\n1. Premier point\n\n| a | b |\n| c | d |\nFin';
    expect(sentences(text)).toEqual([
      '# Congés payés',
      'Vingt-cinq jours par an.',
      '- un lundi',
      '- un mardi',
      '1. Premier point',
      '| a | b |',
      '| c | d |',
      'Fin',
    ]);
  });

  it('reads through a wrapped line', () => {
    const text =
      "Le préavis est de trois mois pour les cadres et d'un mois\npour les autres salariés. Il se compte en jours.";
    expect(sentences(text)).toEqual([
      "Le préavis est de trois mois pour les cadres et d'un mois\npour les autres salariés.",
      'Il se compte en jours.',
    ]);
  });

  it('loses no character and never overlaps', () => {
    const pieces = fc.constantFrom(
      'M. ',
      'Un mot',
      '. ',
      '\n',
      '\r\n',
      '\n\n',
      '- ',
      '# ',
      '? ',
      ' » ',
      '1. ',
      '😀',
      '\t',
      ' ',
      'é',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          let last = 0;
          let covered = '';
          for (const { start, end } of splitSentences(text, 'fr')) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            covered += text.slice(start, end);
            last = end;
          }
          expect(covered.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });
});
