import * as fc from 'fast-check';
import type { ChatRequest, ChatSource } from '../chat-model';
import { withoutReferences } from '../extractive/references';
import { ExtractiveChatModel } from './extractive-chat-model';
import { NO_ANSWER_TEXT } from './no-answer-text';

const model = new ExtractiveChatModel();

const source = (marker: number, text: string, more: Partial<ChatSource> = {}): ChatSource => ({
  marker,
  title: 'Livret d’accueil',
  text,
  score: 1 / marker,
  ...more,
});

const ask = (question: string, sources: readonly ChatSource[], more: Partial<ChatRequest> = {}): ChatRequest => ({
  turns: [],
  question,
  sources,
  locale: 'fr',
  ...more,
});

/** The answer as its pieces, each a sentence with its marker. */
const answer = async (request: ChatRequest): Promise<string[]> => {
  const pieces: string[] = [];
  for await (const event of model.stream(request)) if (event.type === 'text') pieces.push(event.text.trim());
  return pieces;
};

const LEAVE = source(
  1,
  'Le livret présente la société. Chaque salarié a droit à vingt-cinq jours de congés payés par an. Les congés se posent dans le portail RH.',
);
const NOTICE = source(
  2,
  'Le préavis de démission est de trois mois pour les cadres. Il est d’un mois pour les autres salariés.',
);
const MEALS = source(3, 'Les tickets restaurant valent neuf euros. La part de l’employeur est de 60 %.');

describe('ExtractiveChatModel', () => {
  it('answers with the sentence that answers, word for word, and its marker', async () => {
    const pieces = await answer(ask('Combien de jours de congés payés par an ?', [LEAVE, NOTICE, MEALS]));
    expect(pieces[0]).toBe('Chaque salarié a droit à vingt-cinq jours de congés payés par an. [1]');
    expect(pieces.length).toBeLessThanOrEqual(3);
  });

  it('finds an answer whose words differ by inflection and accents', async () => {
    const pieces = await answer(ask('preavis en cas de demission d’un cadre', [LEAVE, NOTICE, MEALS]));
    expect(pieces[0]).toContain('trois mois pour les cadres. [2]');
  });

  it('answers in English from English sources', async () => {
    const sources = [
      source(1, 'Employees get 25 days of paid leave per year. Unused days expire in May.', { title: 'Handbook' }),
      source(2, 'Expenses are paid back within ten days.', { title: 'Expenses' }),
    ];
    const pieces = await answer(ask('How many days of paid leave do employees get?', sources, { locale: 'en' }));
    expect(pieces[0]).toBe('Employees get 25 days of paid leave per year. [1]');
  });

  it('understands a sentence by the heading it stands under', async () => {
    const sources = [source(1, 'Il est de trois mois pour les cadres.', { heading: 'Préavis de démission' }), MEALS];
    expect(await answer(ask('Quel est le préavis de démission des cadres ?', sources))).toEqual([
      'Il est de trois mois pour les cadres. [1]',
    ]);
  });

  it.each([
    ['nothing to do with the sources', 'Quelle est la capitale de la Mongolie ?', [LEAVE, NOTICE, MEALS]],
    ['one common word', 'Combien de jours dure le voyage vers Mars ?', [LEAVE, NOTICE]],
    ['one word of two', 'Quel est le préavis de grossesse ?', [NOTICE]],
    ['no amount to tell', 'Combien coûte le portail ?', [LEAVE, source(2, 'Le portail RH est ouvert à tous.')]],
    ['no content word', 'Et alors ?', [LEAVE]],
    ['no source', 'Combien de jours de congés ?', []],
  ])('says that nothing answers a question with %s', async (_, question, sources) => {
    expect(await answer(ask(question, sources))).toEqual([NO_ANSWER_TEXT.fr]);
    expect(await answer(ask(question, sources, { locale: 'en' }))).toEqual([NO_ANSWER_TEXT.en]);
  });

  it('keeps reading order whatever the scores are', async () => {
    const sources = [
      source(1, 'Le télétravail demande l’accord du responsable.', { score: 0.1 }),
      source(2, 'Le télétravail est limité à deux jours par semaine. Le télétravail exclut le lundi.', { score: 0.9 }),
    ];
    const markers = (await answer(ask('Quelles règles pour le télétravail ?', sources))).map((piece) =>
      piece.slice(-3),
    );
    expect(markers).toEqual(markers.toSorted());
  });

  it('says a thing once when sources repeat it', async () => {
    const sources = [
      NOTICE,
      { ...NOTICE, marker: 5 },
      source(7, 'Le préavis de démission des cadres est de trois mois.'),
    ];
    const pieces = await answer(ask('Quel est le préavis de démission des cadres ?', sources));
    expect(pieces.filter((piece) => piece.includes('trois mois'))).toHaveLength(1);
  });

  it('gives the list that a sentence announces', async () => {
    const text =
      'Le dossier de mutuelle comprend :\n- une copie de la carte Vitale\n- un relevé bancaire\n\nIl est à rendre en mai.';
    const pieces = await answer(ask('Que comprend le dossier de mutuelle ?', [source(1, text)]));
    expect(pieces).toEqual(
      expect.arrayContaining([
        'Le dossier de mutuelle comprend : [1]',
        '- une copie de la carte Vitale [1]',
        '- un relevé bancaire [1]',
      ]),
    );
  });

  it('keeps sentences apart: prose runs on, list items and unfinished lines do not', async () => {
    const text =
      'Le dossier de mutuelle comprend :\n- une copie du dossier de mutuelle\n\nLe dossier de mutuelle est lu. Il est rendu.';
    let written = '';
    for await (const event of model.stream(ask('Que comprend le dossier de mutuelle ?', [source(1, text)]))) {
      if (event.type === 'text') written += event.text;
    }
    expect(written).toMatch(/^Le dossier de mutuelle comprend : \[1\]\n- une copie du dossier de mutuelle \[1\]/);
  });

  it('writes the rows of a table as a table, each with its marker in the last cell', async () => {
    const text = '| Zone | Ventes |  |\n| --- | --- | --- |\n| Nord | 12 | 3 |\n| Sud | 9 |  |';
    let written = '';
    for await (const event of model.stream(ask('Quelles sont les ventes par zone ?', [source(1, text)]))) {
      if (event.type === 'text') written += event.text;
    }
    expect(written).toBe('| Zone | Ventes | [1] |\n| --- | --- | --- |\n| Nord | 12 | 3 [1] |\n| Sud | 9 | [1] |');
  });

  it('never quotes a bracketed number, which would read as a marker', async () => {
    const sources = [source(1, 'La photosynthèse produit du dioxygène [12] et du glucose dans les feuilles [3, 4].')];
    const [piece] = await answer(ask('Que produit la photosynthèse dans les feuilles ?', sources));
    expect(piece).toBe('La photosynthèse produit du dioxygène et du glucose dans les feuilles. [1]');
  });

  it('prefers a statement to a heading or a question with the same words', async () => {
    const text = '# Durée du préavis\n\nQuelle est la durée du préavis ?\n\nLa durée du préavis est fixée à un mois.';
    expect((await answer(ask('Quelle est la durée du préavis ?', [source(1, text)])))[0]).toContain('un mois. [1]');
  });

  it('is stricter about common words when it knows how rare words are', async () => {
    const rarity = (stem: string) => (stem.startsWith('mutuel') ? 8 : 0.5);
    const sources = [source(1, 'Chaque salarié reçoit une copie de son contrat de travail.')];
    const question = 'Quelle mutuelle pour un salarié en contrat de travail ?';
    expect((await answer(ask(question, sources)))[0]).toContain('[1]');
    expect(await answer(ask(question, sources, { termWeight: rarity }))).toEqual([NO_ANSWER_TEXT.fr]);
  });

  it('stops when the caller has left', async () => {
    const request = ask('Combien de jours de congés payés par an ?', [LEAVE], { signal: AbortSignal.abort() });
    await expect(answer(request)).rejects.toMatchObject({ code: 'llm.unavailable', reason: 'aborted' });
  });

  const words = fc.constantFrom(
    ...'préavis congés cadre mois jour contrat salarié prime 2024 25 art. M. L’ d’été le la est sont [1] [22] ? ! . : ; \n - # «» 😀 and the notice'.split(
      ' ',
    ),
    '\n',
    '. ',
  );
  const text = fc.oneof(
    fc.array(words, { maxLength: 60 }).map((all) => all.join(' ')),
    fc.string({ unit: 'grapheme' }),
  );
  const sources = fc.array(fc.record({ title: text, text, score: fc.double({ min: -1, max: 1, noNaN: true }) }), {
    maxLength: 6,
  });

  it('quotes verbatim but for bracketed numbers, cites existing sources in order, repeats nothing and always answers the same', async () => {
    await fc.assert(
      fc.asyncProperty(text, sources, async (question, drafts) => {
        const given = drafts.map((draft, at) => ({ ...draft, marker: at + 1 }));
        const pieces = await answer(ask(question, given));
        expect(await answer(ask(question, given))).toEqual(pieces);
        if (pieces.length === 1 && pieces[0] === NO_ANSWER_TEXT.fr) return;
        expect(new Set(pieces.map((piece) => piece.replace(/ \[\d+\]$/, ''))).size).toBe(pieces.length);
        let last = 0;
        for (const piece of pieces) {
          const [, quote, marker] = /^([^]+) \[(\d+)\]$/.exec(piece)!;
          expect(withoutReferences(given[Number(marker) - 1]!.text)).toContain(quote);
          expect(quote).not.toMatch(/\[\d+\]/);
          expect(Number(marker)).toBeGreaterThanOrEqual(last);
          last = Number(marker);
        }
      }),
      { numRuns: 300 },
    );
  });
});
