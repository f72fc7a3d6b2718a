import type { ChatSource } from '../chat-model';
import { extractAnswer } from './extract-answer';

const source = (text: string, more: Partial<ChatSource> = {}): ChatSource => ({
  marker: 1,
  title: 'Manuel de l’atelier',
  text,
  score: 1,
  ...more,
});

const answer = (question: string, sources: readonly (ChatSource | string)[], query?: string): string[] => {
  const given = sources.map((one, at) => (typeof one === 'string' ? source(one, { marker: at + 1 }) : one));
  const extracts = extractAnswer({ question, query, sources: given });
  for (const { text, source: found } of extracts) expect(found.source.text).toContain(text);
  return extracts.map(({ text }) => text);
};

describe('extractAnswer', () => {
  describe('leaves out what is no statement', () => {
    const CUTTER = 'La découpeuse laser chauffe vite et demande une surveillance constante.';

    it.each([
      [
        'a line of a table of contents',
        `Réglage de la découpeuse laser … 40\nEntretien de la découpeuse laser ........ 41`,
      ],
      ['a heading', '## Réglage de la découpeuse laser'],
      ['a title without marks', 'Réglage de la découpeuse laser'],
      ['a running title with its page', 'Réglage de la découpeuse laser 77'],
      ['a title in capitals', 'RÉGLAGE DE LA DÉCOUPEUSE LASER 2'],
      ['a numbered title', '3.2 Réglage de la découpeuse laser et de son banc'],
      ['code in a fence', '```\nreglage decoupeuse laser --reglage=fin\n```'],
      ['a template of a message', 'Le réglage {nom} de la découpeuse laser vaut {valeur}.'],
      [
        'a list of links',
        '- [Réglage de la découpeuse laser](reglage.md)\n- Le [réglage](laser.md) : découpeuse laser.',
      ],
      ['a question', 'Quel est le réglage de la découpeuse laser ?'],
      ['the header of a table', '| réglage de la découpeuse laser | valeur de ce réglage |\n| --- | --- |'],
    ])('such as %s', (_, text) => {
      const question = 'Quel est le réglage de la découpeuse laser ?';
      expect(answer(question, [text])).toEqual([]);
      expect(
        answer(question, [`${text}\n\nLe réglage de la découpeuse laser est fait par Paul.\n\n${CUTTER}`])[0],
      ).toBe('Le réglage de la découpeuse laser est fait par Paul.');
    });

    it('such as the heading of the passage, whatever it looks like', () => {
      const heading = 'Atelier > Réglage de la découpeuse laser : 2 méthodes';
      expect(
        answer('Quel réglage pour la découpeuse laser ?', [
          source('Réglage de la découpeuse laser : 2 méthodes\n\nOn choisit la puissance selon la matière.', {
            heading,
          }),
        ]),
      ).toEqual(['On choisit la puissance selon la matière.']);
    });
  });

  it.each(['- ', '* ', '3. ', '> ', '• ', '- [ ] '])('begins a sentence after its mark "%s"', (mark) => {
    const said = 'La fraiseuse accepte des plaques de trois centimètres.';
    expect(answer('Quelles plaques la fraiseuse accepte-t-elle ?', [`Avis aux membres.\n\n${mark}${said}`])).toEqual([
      said,
    ]);
  });

  it('does not take an initial for a list mark', () => {
    const said = 'M. Morel répare la fraiseuse le samedi.';
    expect(answer('Qui répare la fraiseuse ?', [said])).toEqual([said]);
  });

  it('takes a short line without a full stop for a statement when it tells something', () => {
    expect(answer('Comment s’appelle le wifi de l’atelier ?', ['Le wifi de l’atelier est Horizon'])).toEqual([
      'Le wifi de l’atelier est Horizon',
    ]);
    expect(answer('Quels sont les horaires du samedi ?', ['Horaires du samedi : 9 h à 17 h'])).toHaveLength(1);
  });

  describe('reads tables', () => {
    const TABLE = [
      '| panne              | que faire                                      |',
      '| ------------------ | ---------------------------------------------- |',
      '| courroie détendue  | resserrez la courroie avec la clé de huit      |',
      '| lentille encrassée | nettoyez la lentille avec un chiffon sans fibre |',
    ].join('\n');

    it('and answers with the cell, not with the row or the name of the row', () => {
      expect(answer('Que faire quand la lentille est encrassée ?', [TABLE])).toEqual([
        'nettoyez la lentille avec un chiffon sans fibre',
      ]);
    });

    it('but prefers a sentence that says it', () => {
      const said = 'Quand la lentille est encrassée, nettoyez-la avec un chiffon.';
      expect(answer('Que faire quand la lentille est encrassée ?', [TABLE, said])[0]).toBe(said);
    });

    it('and gives a row of short cells as a whole', () => {
      const rows = '| machine | prix |\n| --- | --- |\n| Fraiseuse numérique | 12 euros |';
      expect(answer('Quel est le prix de la fraiseuse numérique ?', [rows])).toEqual([
        'Fraiseuse numérique | 12 euros',
      ]);
    });
  });

  it('gives the steps to whoever asks how, as the list they are', () => {
    const steps = [
      '1. Coupez le courant.',
      '2. Ouvrez le capot arrière.',
      'Il est lourd.',
      '3. Retirez la courroie usée.',
    ];
    const sources = [
      source(`Changer la courroie\n\n${steps.join('\n').replace('\nIl', ' Il')}`, {
        heading: 'Entretien > Changer la courroie',
      }),
      source('La courroie vient de la maison Martin.', { marker: 2, score: 0.6 }),
    ];
    expect(answer('Comment puis-je changer la courroie ?', sources)).toEqual(steps);
    expect(answer('D’où vient la courroie ?', sources)).toEqual(['La courroie vient de la maison Martin.']);
  });

  it('tells what a thing is before what happens to it', () => {
    const sources = [
      'The other jig saw in this example is blue. To clean the jig saw, use the brush.',
      'A jig saw is a power tool that cuts curves in wood.',
    ];
    expect(answer('What is a jig saw?', sources)).toEqual(['A jig saw is a power tool that cuts curves in wood.']);
  });

  it('prefers a sentence in the language of the question', () => {
    const english = 'Horizon is a workshop that its members run together.';
    const french = 'Horizon est un atelier que les bricoleurs du quartier partagent.';
    expect(answer('Qu’est-ce que Horizon ?', [english, french])).toEqual([french]);
    expect(answer('What is Horizon?', [french, english])).toEqual([english]);
  });

  it('does not take "when" inside a question for a question about a date', () => {
    const said = 'When the extractor is blocked, nobody may use the saw.';
    expect(answer('What happens when the extractor is blocked?', [said])).toEqual([said]);
    expect(answer('When was the extractor blocked?', [said])).toEqual([]);
  });

  it('knows that what is down does not work', () => {
    const said = 'When the extractor is down, nobody may use the saw.';
    const other = 'The extractor stands beside the saw.';
    expect(answer('What happens when the extractor is down?', [other, said])).toEqual([said]);
  });

  it('keeps each sentence between the numbers of references', () => {
    const text = 'La scie fut achetée en 1998.[4] Le tour à bois provient d’un don de la mairie.[5, 6]';
    expect(answer('D’où provient le tour à bois ?', [text])).toEqual([
      'Le tour à bois provient d’un don de la mairie.',
    ]);
  });

  it('understands a follow-up by the words it borrows', () => {
    const sources = [
      'Le tarif de la découpeuse pour les adhérents est de 4 euros. Le tarif de la découpeuse pour les étudiants est de 2 euros.',
      'Les étudiants entrent par la cour.',
    ];
    expect(answer('Et pour les étudiants ?', sources, 'Et pour les étudiants ? tarif découpeuse')).toEqual([
      'Le tarif de la découpeuse pour les étudiants est de 2 euros.',
    ]);
  });

  it.each([
    ['another subject', 'Quelle est la recette de la tarte aux pommes de ma grand-mère ?'],
    ['a name it does not know', 'Quel est le tarif de la découpeuse pour les membres de Greenpeace ?'],
    ['a greeting', 'Bonjour'],
    ['its own name only', 'Combien coûte MY-IA ?'],
  ])('says nothing to %s', (_, question) => {
    const text = 'MY-IA aide les adhérents de l’atelier. Le tarif de la découpeuse est de 4 euros.';
    expect(answer(question, [text])).toEqual([]);
  });
});
