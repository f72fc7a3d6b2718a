import { rejoinHyphens, vocabularyOf } from './rejoin-hyphens';

const rejoin = (text: string, ...lines: string[]) => {
  const words = vocabularyOf(lines);
  return rejoinHyphens(text, (word) => words.has(word.toLowerCase()));
};

describe('rejoinHyphens', () => {
  it.each([
    ['préci\ufffesion', 'précision'],
    ['rendez\ufffevous', 'rendez-vous'],
    ['celui\ufffeci', 'celui-ci'],
    ['Saint\ufffeDenis', 'Saint-Denis'],
    ['loi 2005\ufffe102', 'loi 2005-102'],
    ['a\ufffet-il', 'a-t-il'],
  ])('mends %j', (broken, mended) => {
    expect(rejoin(broken)).toBe(mended);
  });

  it('believes the document itself: how it writes the word elsewhere', () => {
    expect(rejoin('multi\ufffeensemble', 'Un multi-ensemble de membres')).toBe('multi-ensemble');
    expect(rejoin('entre\ufffevoir', 'On peut entrevoir')).toBe('entrevoir');
  });
});
