import fc from 'fast-check';

import { ScriptedChatModel } from '#libs/llm';
import { expectVerbatim } from '#test/chat/support/expect-verbatim';

import { verifyCitations } from '../citation-verifier';
import { DraftAnswer, type Draft } from '../../draft-answer';
import type { EvidenceSource } from '../evidence';
import type { ModelRequest } from '../../prompt/model-request';
import { planComparisons } from './plan-comparisons';
import { MOST_BY_MEANING, type Similarity } from './similarity';

const LEAVE =
  'La durée du congé payé est de 25 jours ouvrés. La demande se dépose deux semaines avant le départ. ' +
  'Le report n’est pas possible après le 31 mars 2025.';
const NOTICE =
  'Le préavis est de trois mois pour les cadres. Madame Lefebvre, directrice des ressources humaines, peut en dispenser.';
const TRAVEL = 'Travel expenses are refunded within 14 days. Each employee receives a laptop on arrival.';

const source = (marker: number, text: string, offset = 1000 * marker): EvidenceSource => ({
  ...{ marker, documentId: `document-${marker}`, chunkId: `chunk-${marker}`, title: `Document ${marker}` },
  ...{ text, start: offset, end: offset + text.length },
});
const SOURCES = [source(1, LEAVE), source(2, NOTICE), source(3, TRAVEL)];

/** Says that a statement which holds one of these words means the sentence which holds the other. */
const meaning =
  (value: number, ...pairs: readonly (readonly [string, string])[]): Similarity =>
  (statement, sentence) =>
    pairs.some(([said, meant]) => statement.includes(said) && sentence.includes(meant)) ? value : 0;
const REST = ['repos', 'congé payé'] as const;
const LAPTOP = ['ordinateur', 'laptop'] as const;
const quotes = (answer: string, similarity: Similarity) =>
  verifyCitations(answer, SOURCES, similarity).citations.map(({ marker, quote }) => [marker, quote]);

describe('a statement in other words than its source', () => {
  const PARAPHRASE = 'Les salariés disposent de cinq semaines de repos annuel [1].';
  const QUOTE = 'La durée du congé payé est de 25 jours ouvrés.';

  it('has no proof in words', () => {
    expect(verifyCitations(PARAPHRASE, SOURCES)).toMatchObject({ citations: [], unsupported: [{ start: 0 }] });
  });

  it('keeps its marker by what it means, with the sentence as it stands', () => {
    const { content, citations, unsupported } = verifyCitations(PARAPHRASE, SOURCES, meaning(0.9, REST));
    expect(content).toBe(PARAPHRASE);
    expect(citations).toMatchObject([{ marker: 1, quote: QUOTE, start: 1000, support: 0.675 }]);
    expect(unsupported).toEqual([]);
  });

  it('keeps it across languages', () => {
    expect(quotes('Chaque nouvel arrivant se voit remettre un ordinateur [3].', meaning(1, LAPTOP))).toEqual([
      [3, 'Each employee receives a laptop on arrival.'],
    ]);
  });

  it('has its marker moved to the source that means it', () => {
    const { content, citations } = verifyCitations(PARAPHRASE.replace('[1]', '[2]'), SOURCES, meaning(0.9, REST));
    expect(content).toBe(PARAPHRASE);
    expect(citations).toMatchObject([{ marker: 1, quote: QUOTE }]);
  });

  it('needs more meaning to be moved than to stay', () => {
    expect(quotes(PARAPHRASE, meaning(0.7, REST))).toEqual([[1, QUOTE]]);
    expect(quotes(PARAPHRASE.replace('[1]', '[2]'), meaning(0.7, REST))).toEqual([]);
  });

  it('gets a marker it never had only when the meaning is clear', () => {
    const unmarked = PARAPHRASE.replace(' [1]', '');
    expect(quotes(unmarked, meaning(0.9, REST))).toEqual([]);
    expect(quotes(unmarked, meaning(1, REST))).toEqual([[1, QUOTE]]);
  });

  it('is never as well supported as one in the words of its source', () => {
    const [byMeaning] = verifyCitations(PARAPHRASE, SOURCES, () => 1).citations;
    const [byWords] = verifyCitations(`${QUOTE} [1]`, SOURCES, () => 0).citations;
    expect(byMeaning!.support).toBe(MOST_BY_MEANING);
    expect(byWords!.support).toBe(1);
  });

  it.each([
    ['an invented number', 'Les salariés disposent de 30 jours de repos annuel [1].', 'congé payé'],
    ['a number miscounted in words', 'Les cadres partent quatre mois après leur démission [2].', 'préavis'],
    ['a number where there is none', 'Chacun reçoit deux ordinateurs à son arrivée [3].', 'laptop'],
    ['an invented name', 'Une exemption est accordée par Xavier Tournier [2].', 'dispenser'],
    ['a denial', 'Les salariés n’ont aucun droit au repos annuel [1].', 'congé payé'],
  ])('is flagged for %s, whatever the embedding says', (_what, answer, meant) => {
    const { citations, unsupported } = verifyCitations(answer, SOURCES, meaning(1, ['', meant]));
    expect(citations).toEqual([]);
    expect(unsupported).toHaveLength(1);
  });

  it('is flagged when it affirms what the source denies', () => {
    const deferred = 'Le report est possible après le 31 mars 2025 [1].';
    expect(quotes(deferred, () => 1)).toEqual([]);
    expect(quotes(deferred, () => undefined)).toEqual([]);
  });
});

const VALUES = [0, 0.3, 0.6, 0.8, 1, -1, 7, Number.NaN, Number.POSITIVE_INFINITY, undefined] as const;
/** Any answer to any question, and the same to the same one. */
const similarities = fc.oneof(
  fc.constantFrom(...VALUES).map(
    (value): Similarity =>
      () =>
        value,
  ),
  fc.func(fc.constantFrom(...VALUES)).map((decide): Similarity => decide),
);
const statements = [
  ...[LEAVE, NOTICE, TRAVEL].flatMap((text) => text.split(/(?<=\. )/u)),
  ...['Les salariés disposent de cinq semaines de repos. ', 'Chacun reçoit un ordinateur. ', 'Selon '],
  ...['La cantine sert un repas chaud à midi. ', 'Madame Durand décide. ', 'Il n’y a pas de prime. '],
];
const markers = [
  '[1]',
  '[2]',
  '[3]',
  '[7]',
  '[1, 2]',
  '[1-3]',
  '【2】',
  '[source 1]',
  '[[2]1]',
  '[9【2】]',
  '[',
  ']',
  '\n',
];
const answers = fc
  .array(fc.oneof(fc.constantFrom(...statements), fc.constantFrom(...markers), fc.string({ maxLength: 8 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const numbers = (content: string) => [...content.matchAll(/\[(\d+)\]/gu)].map(([, number]) => Number(number));

describe('whatever an embedding says', () => {
  it('every marker has its citation, and every quote stands in its source', () => {
    fc.assert(
      fc.property(answers, similarities, (answer, similarity) => {
        const { content, citations } = verifyCitations(answer, SOURCES, similarity);
        expect(numbers(content)).toEqual(citations.map(({ marker }) => marker));
        expectVerbatim(citations, SOURCES);
      }),
      { numRuns: 150 },
    );
  });

  it('a number that no source holds is never proven', () => {
    const invented = fc.integer({ min: 40, max: 99_999 }).filter((number) => number !== 2025);
    const claims = fc.constantFrom(
      (number: number) => `La durée du congé payé est de ${number} jours ouvrés`,
      (number: number) => `Chacun touche ${number} euros de prime`,
      (number: number) => `Travel expenses are refunded within ${number} days`,
    );
    fc.assert(
      fc.property(invented, claims, fc.constantFrom(1, 2, 3), similarities, (number, claim, marker, similarity) => {
        const { citations } = verifyCitations(`${claim(number)} [${marker}].`, SOURCES, similarity);
        expect(citations).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  const values = fc.double({ min: 0, max: 1, noNaN: true });
  const cited = fc
    .tuple(fc.constantFrom(...statements), fc.constantFrom(1, 2, 3))
    .map(([statement, marker]) => `${statement.trim().replace(/\.$/u, '')} [${marker}].`);

  it('more of it takes no proof away and lowers the support of no source', () => {
    fc.assert(
      fc.property(cited, fc.func(values), fc.func(values), (answer, decide, more) => {
        const raised: Similarity = (...pair) => Math.min(1, decide(...pair) + more(...pair));
        const before = verifyCitations(answer, SOURCES, decide).citations;
        const after = verifyCitations(answer, SOURCES, raised).citations;
        expect(after.length).toBeGreaterThanOrEqual(before.length);
        for (const { marker, support } of before) {
          const same = after.find((citation) => citation.marker === marker);
          expect(same?.support ?? 1).toBeGreaterThanOrEqual(support);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a statement that words clearly carry is never less supported', () => {
    const most = (answer: string, similarity?: Similarity) =>
      Math.max(0, ...verifyCitations(answer, SOURCES, similarity).citations.map(({ support }) => support));
    fc.assert(
      fc.property(cited, similarities, (answer, similarity) => {
        const byWords = most(answer);
        if (byWords >= 0.7) expect(most(answer, similarity)).toBeGreaterThanOrEqual(byWords);
        else expect(most(answer, similarity)).toBeGreaterThanOrEqual(byWords - 0.15);
      }),
      { numRuns: 150 },
    );
  });

  it('none at all leaves everything to words', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(undefined, 0, Number.NaN, -1), (answer, nothing) => {
        expect(verifyCitations(answer, SOURCES, () => nothing)).toEqual(verifyCitations(answer, SOURCES));
      }),
      { numRuns: 150 },
    );
  });

  it('it is the same however the stream of the answer was split', async () => {
    const request = { turns: [], question: '', sources: [], locale: 'fr' } as const;
    const asked = { request, read: SOURCES } as unknown as ModelRequest;
    const written = (pieces: readonly string[]): Promise<Draft> => {
      const chain = { models: [new ScriptedChatModel(pieces)], degraded: undefined };
      return new DraftAnswer(chain, () => Promise.resolve(asked)).write(new AbortController().signal, () => undefined);
    };
    const split = (answer: string, cuts: readonly number[]): string[] => {
      const places = [0, ...cuts.map((cut) => cut % answer.length).toSorted((a, b) => a - b), answer.length];
      return places.slice(1).map((end, at) => answer.slice(places[at], end));
    };
    const said = answers.filter((answer) => answer.trim() !== '');
    await fc.assert(
      fc.asyncProperty(said, fc.array(fc.nat(), { maxLength: 8 }), similarities, async (answer, cuts, similarity) => {
        const { text, read } = await written(split(answer, cuts));
        expect(planComparisons(text, read)).toEqual(planComparisons(answer, SOURCES));
        expect(verifyCitations(text, read, similarity)).toEqual(verifyCitations(answer, SOURCES, similarity));
      }),
      { numRuns: 100 },
    );
  });
});
