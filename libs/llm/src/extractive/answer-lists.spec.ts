import type { ChatSource } from '../chat-model';
import { asksForSeveral } from './asks-for-several';
import { extractAnswer } from './extract-answer';

const source = (text: string, more: Partial<ChatSource> = {}): ChatSource => ({
  ...{ marker: 1, title: 'Rapport', text, score: 1 },
  ...more,
});

const answer = (question: string, ...texts: readonly string[]) =>
  extractAnswer({ question, sources: texts.map((text, at) => source(text, { marker: at + 1 })) }).map(
    ({ form, text }) => `${form}: ${text}`,
  );

describe('a question for several things', () => {
  it.each([
    'Quelles sont les ventes par zone ?',
    'Que doit contenir le dossier ?',
    'Liste les machines de l’atelier',
    'What is the revenue by segment?',
    'Which countries are the customers from?',
    'What are the key takeaways?',
    'What must a backup contain?',
  ])('is told from others: "%s"', (question) => expect(asksForSeveral(question)).toBe(true));

  it.each([
    'Combien de jours de congés par an ?',
    'Qui est nommé par le directeur ?',
    'What is a column mask?',
    'Who was hired by the board?',
    'How much is it per month?',
    'Faut-il répondre par écrit ?',
  ])('is not "%s"', (question) => expect(asksForSeveral(question)).toBe(false));
});

describe('a table', () => {
  const HEADER = '|  | Chiffre d’affaires | Marge | Effectif |';
  const ROWS = ['| Zone Nord | 120 | 30 | 7 |', '| Zone Sud | 95 | -2 | 4 |', '| Pièces de rechange | 12 | 5 | 1 |'];
  const TABLE = [
    ...['| 3. Analyse par secteur |  |  |  |', '| --- | --- | --- | --- |', '| En milliers d’euros |  |  | 2023 |'],
    ...[HEADER, ...ROWS, '| (a) Le secteur le plus rentable reste le Nord en 2023. |  |  |  |'],
  ].join('\n');
  const NOTE = 'row: | En milliers d’euros |  |  | 2023 |';
  const PROSE = 'Le secteur est en croissance depuis 2023. Le chiffre d’affaires est suivi de près par la direction.';

  it('answers with its rows, below its header and unit, whoever asks for a value of each', () => {
    expect(answer('Quel est le chiffre d’affaires par secteur ?', TABLE, PROSE)).toEqual([
      `header: ${HEADER}`,
      NOTE,
      ...ROWS.map((row) => `row: ${row}`),
    ]);
  });

  it('answers with the one row that is asked for', () => {
    const expected = [`header: ${HEADER}`, NOTE, `row: ${ROWS[1]}`];
    expect(answer('Quel est le chiffre d’affaires de la zone Sud ?', TABLE, PROSE)).toEqual(expected);
    expect(answer('Quels sont le chiffre d’affaires et la marge de la zone Sud ?', TABLE, PROSE)).toEqual(expected);
  });

  it('gives ten rows at most', () => {
    const many = Array.from({ length: 30 }, (_, at) => `| Atelier ${at} | ${at * 7} | ${at} | 3 |`);
    const text = ['| Atelier | Recettes | Dépenses | Membres |', '| --- | --- | --- | --- |', ...many].join('\n');
    const given = answer('Quelles sont les recettes par atelier ?', text);
    expect(given.filter((line) => line.startsWith('row'))).toEqual(many.slice(0, 10).map((row) => `row: ${row}`));
  });

  it('answers with a whole record where its cells say nothing alone', () => {
    const record = '| 2 | Anne Martin Lefebvre | Atelier des Trois Ponts | anne@exemple.fr |';
    const text = ['| Numéro | Nom | Entreprise | Courriel |', '| --- | --- | --- | --- |', record].join('\n');
    expect(answer('Quel est le courriel d’Anne Martin Lefebvre ?', text).at(-1)).toBe(`row: ${record}`);
  });
});

describe('a list', () => {
  const ITEMS = ['- Le prix monte en mars.', '- La livraison devient gratuite.', '- Le magasin ferme en août.'];
  const TEXT = `Rapport du printemps\n\nPoints à retenir\n\n${ITEMS.join('\n')}\n\nLe rapport du printemps paraît en mai.`;

  it('is given whole to whoever asks for what its title names', () => {
    expect(answer('Quels sont les points à retenir du rapport du printemps ?', TEXT)).toEqual(
      ITEMS.map((item) => `item: ${item}`),
    );
  });

  it('comes with the sentence that announces it, whatever marks of emphasis it bears', () => {
    const text = `Le règlement date de 2020.\n\n**Le membre est libre de réserver :**\n\n- la scie ;\n- le tour.\n\nSous réserve de :\n\n- prévenir le membre de garde.`;
    expect(answer('Que peut réserver le membre ?', text)).toEqual([
      'prose: **Le membre est libre de réserver :**',
      'item: - la scie ;',
      'item: - le tour.',
    ]);
  });

  it('is given whole although an item repeats a word of the document’s title', () => {
    const text = TEXT.replace('en mars', 'en mars selon le rapport');
    const given = answer('Quels sont les points à retenir du rapport ?', text);
    expect(given).toHaveLength(ITEMS.length);
  });

  it('is not given for a question that names one of its items', () => {
    const given = answer('Quels sont les points à retenir sur la livraison ?', TEXT);
    expect(given).toEqual(['prose: La livraison devient gratuite.']);
  });
});
