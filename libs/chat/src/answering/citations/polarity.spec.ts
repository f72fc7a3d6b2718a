import { clausesOf, polarityOf } from './polarity';

describe('the polarity of a text', () => {
  it.each([
    'Les congés ne peuvent pas être reportés.',
    'Le report n’est pas possible.',
    'Aucun report n’est accepté.',
    'Il n’y a jamais de report.',
    'Leave cannot be carried over.',
    'Employees do not receive a bonus.',
    "The office isn't open.",
    'There is no bonus.',
  ])('denies: %s', (text) => {
    expect(polarityOf(text)).toBe('denied');
  });

  it.each(['Les congés peuvent être reportés.', 'Employees receive a bonus.', 'Le point de départ est Paris.'])(
    'affirms: %s',
    (text) => {
      expect(polarityOf(text)).toBe('affirmed');
    },
  );

  it.each([
    'Le report n’est possible qu’en mars.',
    'Il n’est pas que directeur.',
    'La demande ne dépasse pas deux pages.',
    'Le report est interdit.',
    'Il part sans prévenir.',
    'Un pas en avant.',
    'No later than Friday.',
    'No 5 is closed.',
    'Nothing is paid except the hotel.',
    'Les salariés qui ne sont pas cadres ont un mois.',
  ])('is unsure where words do a little of both: %s', (text) => {
    expect(polarityOf(text)).toBe('unsure');
  });

  it('is that of each clause apart', () => {
    expect(clausesOf('Les congés sont de 25 jours, mais ne se reportent pas.').map(polarityOf)).toEqual([
      'affirmed',
      'denied',
    ]);
  });
});
