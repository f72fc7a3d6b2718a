import fc from 'fast-check';

import { expectVerbatim } from '#test/chat/support/expect-verbatim';

import { verifyCitations, withoutMarkers } from './citation-verifier';
import type { EvidenceSource } from './evidence';

const LEAVE =
  'Les congés annuels sont de 25 jours ouvrés par an. La demande se dépose deux semaines avant le départ. ' +
  'Le report est possible jusqu’au 31 mars 2025.';
const NOTICE =
  'Le préavis est de trois mois pour les cadres. Il est d’un mois pour les employés. ' +
  'Madame Lefebvre, directrice des ressources humaines, peut en dispenser.';
const TRAVEL = 'Travel expenses are refunded within 14 days. The limit for a hotel in Paris is €180 per night.';

const source = (marker: number, text: string, offset = 1000 * marker): EvidenceSource => ({
  marker,
  documentId: `document-${marker}`,
  chunkId: `chunk-${marker}`,
  title: `Document ${marker}`,
  page: marker,
  text,
  start: offset,
  end: offset + text.length,
});
const SOURCES = [source(1, LEAVE), source(2, NOTICE), source(3, TRAVEL)];
const verify = (answer: string) => verifyCitations(answer, SOURCES);
const quotes = (answer: string) => verify(answer).citations.map(({ marker, quote }) => [marker, quote]);

describe('a citation that is right', () => {
  it('quotes a copied sentence whatever its negations', () => {
    const copied = 'A security policy is what defines whether the system is secure (or not).';
    const text = `Without a security policy, it is a baseline.[2] ${copied}[3] It is defined.`;
    const other = 'In most cases this system means no data protection, because its setting defines less security.';
    const { citations } = verifyCitations(`${copied} [1]`, [source(1, text), source(2, other)]);
    expect(citations.map(({ marker, quote }) => [marker, quote])).toEqual([[1, `${copied}[3]`]]);
  });

  it('quotes the sentence that was copied, not one of the same words in another order', () => {
    const text = 'Sans fiche de sûreté, un atelier est fermé. Un atelier fermé est sans fiche de sûreté.';
    const { citations } = verifyCitations('Un atelier fermé est sans fiche de sûreté [1].', [source(1, text)]);
    expect(citations.map(({ quote }) => quote)).toEqual(['Un atelier fermé est sans fiche de sûreté.']);
  });

  it('quotes the sentence of the document at its offsets', () => {
    const { content, citations, grounded } = verify('Vous avez 25 jours ouvrés de congés annuels [1].');
    expect(content).toBe('Vous avez 25 jours ouvrés de congés annuels [1].');
    expect(grounded).toBe(true);
    expect(citations).toEqual([
      {
        marker: 1,
        documentId: 'document-1',
        chunkId: 'chunk-1',
        title: 'Document 1',
        page: 1,
        quote: 'Les congés annuels sont de 25 jours ouvrés par an.',
        start: 1000,
        end: 1050,
        support: expect.any(Number) as number,
      },
    ]);
    expect(citations[0]!.support).toBeGreaterThan(0.8);
  });

  it('quotes a later sentence of its source with its own offsets', () => {
    const [citation] = verify('The hotel limit in Paris is €180 per night. [3]').citations;
    expect(TRAVEL.slice(citation!.start - 3000, citation!.end - 3000)).toBe(citation!.quote);
    expect(citation!.quote).toBe('The limit for a hotel in Paris is €180 per night.');
  });

  it('has full support when the answer is the sentence itself', () => {
    expect(verify('Le préavis est de trois mois pour les cadres. [2]').citations[0]!.support).toBe(1);
  });

  it('proves each clause of a sentence by its own marker', () => {
    expect(quotes('Les congés annuels sont de 25 jours [1] et le préavis des cadres de trois mois [2].')).toEqual([
      [1, 'Les congés annuels sont de 25 jours ouvrés par an.'],
      [2, 'Le préavis est de trois mois pour les cadres.'],
    ]);
  });

  it('may quote several sentences when the statement joins them', () => {
    expect(quotes('Le préavis est de trois mois pour les cadres, d’un mois pour les employés [2].')).toEqual([
      [2, 'Le préavis est de trois mois pour les cadres. Il est d’un mois pour les employés.'],
    ]);
  });

  it.each([
    ['Selon [2], le préavis des cadres est de trois mois.'],
    ['[2] Le préavis des cadres est de trois mois.'],
    ['Le préavis des cadres est de trois mois. [2]'],
    ['Le préavis des cadres est de trois mois.[2]'],
    ['Le préavis des cadres est de trois mois 【2】.'],
    ['Le préavis des cadres est de trois mois [source 2].'],
    ['Le préavis des cadres est de trois mois [Sources : 2].'.replace(' :', '')],
    ['Le préavis des cadres est de trois mois 【2†L1-L2】.'],
    ['- Le préavis des cadres est de trois mois [2]\n- Fin'],
    ['Bonjour.\n[2] Le préavis des cadres est de trois mois.'],
  ])('is found in %s', (answer) => {
    expect(quotes(answer)).toEqual([[2, 'Le préavis est de trois mois pour les cadres.']]);
  });

  it.each(['[1, 2]', '[1][2]', '[1] [2]', '[1-2]', '[sources 1 et 2]', '[1; 2]'])(
    'is split from a group: %s',
    (group) => {
      const { content, citations } = verify(
        `Congés annuels de 25 jours et préavis de trois mois pour les cadres ${group}.`,
      );
      expect(citations.map(({ marker }) => marker)).toEqual([1, 2]);
      expect(content.replaceAll(' ', '')).toContain('[1][2].');
    },
  );

  it('agrees on numbers, dates and months however they are written', () => {
    const dated = [source(1, 'Le contrat du 12 mars 2024 vaut 1 200,50 € pour trois ans.')];
    for (const claim of [
      'signé le 12/03/2024',
      'daté du 2024-03-12',
      'vaut 1.200,50 €',
      'vaut 1200,5 €',
      'vaut 3 ans',
    ]) {
      expect(verifyCitations(`Le contrat ${claim} [1].`, dated).grounded).toBe(true);
    }
  });

  it('is recognised across French and English by numbers, names and kindred words', () => {
    expect(quotes('The director of human resources, Mrs Lefebvre, can grant a dispensation [2].')).toEqual([
      [2, 'Madame Lefebvre, directrice des ressources humaines, peut en dispenser.'],
    ]);
  });
});

describe('a citation that is wrong', () => {
  it('is moved to the source that carries the statement', () => {
    const { content, citations } = verify('Le préavis est de trois mois pour les cadres [1].');
    expect(content).toBe('Le préavis est de trois mois pour les cadres [2].');
    expect(citations).toHaveLength(1);
    expect(citations[0]).toMatchObject({ marker: 2, quote: 'Le préavis est de trois mois pour les cadres.' });
  });

  it('is removed when no source carries the statement', () => {
    expect(verify('La cantine ouvre à midi [2].')).toEqual({
      content: 'La cantine ouvre à midi.',
      citations: [],
      grounded: false,
      unsupported: [{ start: 0, end: 24 }],
    });
  });

  it('is removed when it names no source', () => {
    expect(verify('Le préavis est de trois mois pour les cadres [9] [2] [0].').content).toBe(
      'Le préavis est de trois mois pour les cadres [2].',
    );
  });

  it.each([
    ['an invented number', 'Les congés annuels sont de 30 jours ouvrés par an [1].'],
    ['another month', 'Le report est possible jusqu’au 31 mai 2025 [1].'],
    ['another year', 'Le report est possible jusqu’au 31 mars 2026 [1].'],
    ['an invented name', 'Monsieur Dupont-Morel peut en dispenser, écrit Xavier Tournier [2].'],
    ['a number in words', 'Le préavis est de quatre mois pour les cadres [2].'],
    ['a denial', 'Les congés annuels ne sont pas de 25 jours ouvrés par an [1].'],
    ['a denial in English', 'Travel expenses are not refunded within 14 days [3].'],
  ])('is removed for %s', (_reason, answer) => {
    expect(verify(answer).citations).toEqual([]);
  });

  it('does not take the number of a list item for a fact', () => {
    expect(verify('7. Les congés annuels sont de 25 jours ouvrés par an [1].').grounded).toBe(true);
  });

  it('leaves no marker behind when brackets close up around a removed one', () => {
    expect(verify('La cantine [[9]1] ouvre [[2]3] tard [[1]1].').content).not.toMatch(/\[\s*\d/);
  });

  it('cannot quote a source whose text does not fit its offsets', () => {
    const shifted = { ...source(1, LEAVE), end: 5000 };
    expect(verifyCitations('Les congés annuels sont de 25 jours [1].', [shifted])).toMatchObject({ citations: [] });
  });
});

describe('an answer that is none', () => {
  it.each([
    ['Les sources ne permettent pas de répondre à cette question [1]. Les congés annuels sont de 25 jours [1].'],
    ['Je ne trouve pas cette information dans les documents fournis [1].'],
    ['Les documents ne mentionnent pas la cantine [2].'],
    ['Aucune information sur ce sujet n’est disponible dans les sources [1].'],
    ['The sources do not contain an answer to this question [3].'],
    ["I don't know; travel expenses are refunded within 14 days [3]."],
    ['I could not find this in the documents [3].'],
    ['The price is not mentioned in the provided documents [3].'],
  ])('has no citation: %s', (answer) => {
    expect(verify(answer)).toMatchObject({ citations: [], grounded: false });
  });

  it('keeps what it proves before it admits a gap', () => {
    const answer =
      'Les congés annuels sont de 25 jours ouvrés par an [1]. Les sources ne mentionnent pas la cantine [1].';
    expect(verify(answer)).toMatchObject({ grounded: true, citations: [{ marker: 1 }] });
  });
});

describe('a statement without marker', () => {
  const flagged = (answer: string) => {
    const { content, unsupported } = verify(answer);
    return unsupported.map(({ start, end }) => content.slice(start, end));
  };

  it('gets the marker of the source that clearly carries it', () => {
    const { content, citations, unsupported } = verify(
      'Le préavis est de trois mois pour les cadres. Les congés annuels sont de 25 jours ouvrés par an [1].',
    );
    expect(content).toBe(
      'Le préavis est de trois mois pour les cadres [2]. Les congés annuels sont de 25 jours ouvrés par an [1].',
    );
    expect(citations.map(({ marker }) => marker)).toEqual([2, 1]);
    expect(unsupported).toEqual([]);
  });

  it.each([
    ['another number', 'Les congés annuels sont de 31 jours ouvrés par an.'],
    ['nothing of the sources', 'La cantine sert un repas chaud à midi.'],
    ['a few common words', 'Les cadres partent en congés.'],
    ['what is no refusal', 'Selon les documents, la cantine n’est pas ouverte à midi, ce que précise une affiche.'],
  ])('is flagged, not cited, when it holds %s', (_what, answer) => {
    expect(verify(answer)).toMatchObject({ content: answer, citations: [], grounded: false });
    expect(flagged(answer)).toEqual([answer]);
  });

  it('is flagged at its place among cited ones', () => {
    expect(
      flagged(
        'Le préavis est de trois mois pour les cadres [2]. La cantine sert un repas chaud à midi. ' +
          'Les congés annuels sont de 25 jours ouvrés par an [1][3]. Le parking compte 40 places [3].',
      ),
    ).toEqual(['La cantine sert un repas chaud à midi.', 'Le parking compte 40 places.']);
  });

  it.each([
    'Bonjour.',
    'Voici ce que disent les documents :',
    'Souhaitez-vous connaître le délai de préavis ?',
    '# Congés',
    'Les sources ne mentionnent pas la cantine.',
  ])('is not flagged when it claims nothing: %s', (answer) => {
    expect(flagged(answer)).toEqual([]);
  });
});

const pieces = fc.constantFrom(
  ...LEAVE.split(/(?<=\. )/),
  ...NOTICE.split(/(?<=\. )/),
  ...[
    '[',
    ']',
    '【',
    '】',
    '1',
    '2',
    '3',
    '9',
    '[1]',
    '[2]',
    '[3]',
    '[7]',
    '[1, 2]',
    '[1-3]',
    '【2】',
    '[source 1]',
    '†x',
  ],
  ...[' ', '\n', '\n\n', '. ', '- ', ', ', '(', ')(http://x)', '](', '31 mai', '30 jours', 'Dupont', 'et', '**', '`'],
);
const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), pieces);
const answers = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, { weight: 1, arbitrary: text }))
  .map((parts) => parts.join(''));
const numbers = (content: string) => [...content.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));

describe('whatever a model writes', () => {
  it('a marker that goes leaves none behind that its brackets close up to', () => {
    for (const answer of ['[9【2】]', '[[2]9]', 'Bien. [9[2]]', '[9【[9]2】]']) {
      expect(numbers(verify(answer).content)).toEqual([]);
    }
  });

  it('every marker has exactly one citation, in order, and every citation its marker', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const { content, citations, grounded } = verify(answer);
        expect(numbers(content)).toEqual(citations.map(({ marker }) => marker));
        // On one line: across a line end it is two brackets, not a marker.
        expect(content).not.toMatch(/【[ \t]*\d+[ \t]*】/);
        expect(grounded).toBe(citations.length > 0);
      }),
      { numRuns: 600 },
    );
  });

  it('every quote is in its source, to the letter, at its offsets', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.tuple(text, fc.nat(10_000)), { maxLength: 4 }), (answer, others) => {
        const sources = [...SOURCES, ...others.map(([other, offset], place) => source(place + 4, other, offset))];
        expectVerbatim(verifyCitations(answer, sources).citations, sources);
      }),
      { numRuns: 400 },
    );
  });

  it('every flagged stretch lies in the answer, in order, and holds no marker', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const { content, unsupported } = verify(answer);
        let last = 0;
        for (const { start, end } of unsupported) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(content.length);
          expect(numbers(content.slice(start, end))).toEqual([]);
          last = end;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('nothing but markers and white space changes', () => {
    const bare = (content: string) => withoutMarkers(content).replaceAll(/\s/g, '');
    fc.assert(
      fc.property(answers, (answer) => expect(bare(verify(answer).content)).toBe(bare(answer))),
      { numRuns: 600 },
    );
  });
});
