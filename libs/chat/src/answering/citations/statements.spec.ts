import { readAnswer, uncitedClaims } from './statements';

const claims = (plain: string): string[] =>
  uncitedClaims(readAnswer([{ kind: 'text', text: plain }])).map(({ start, end }) => plain.slice(start, end));

describe('what an answer claims', () => {
  it('is nothing where it asks, announces or has a title', () => {
    expect(claims('# Les congés annuels\n\nCombien de jours de congés annuels ? Les règles sont :')).toEqual([]);
    expect(claims('« Combien de jours de congés annuels ? »')).toEqual([]);
  });

  it('is what it says of a question that somebody asked', () => {
    const said = 'Le sénateur a répondu : « pourquoi avez-vous financé ces études ? »';
    expect(claims(said)).toEqual([said]);
  });
});
