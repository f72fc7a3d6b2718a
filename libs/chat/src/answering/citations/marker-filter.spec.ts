import fc from 'fast-check';

import { MarkerFilter } from './marker-filter';

const through = (parts: readonly string[], sources = 3): string => {
  const filter = new MarkerFilter((number) => number >= 1 && number <= sources);
  return parts.map((part) => filter.push(part)).join('') + filter.end();
};

describe('an answer on its way', () => {
  it('passes at once where no marker can begin', () => {
    const filter = new MarkerFilter(() => true);
    expect(filter.push('Bonjour')).toBe('Bonjour');
    expect(filter.push(' à tous')).toBe(' à tous');
  });

  it('holds a marker back until it is complete', () => {
    const filter = new MarkerFilter((number) => number === 1);
    expect(['a [', '1', ']', '.'].map((part) => filter.push(part))).toEqual(['a', '', ' [1]', '.']);
  });

  it('drops a marker that names no source, with the spaces before it', () => {
    expect(through(['Fin [9].'])).toBe('Fin.');
    expect(through(['Fin [9] [2, 8].'])).toBe('Fin [2].');
  });

  it.each([
    ['[1, 2]', '[1][2]'],
    ['[1-3]', '[1][2][3]'],
    ['【1】', '[1]'],
    ['[source 1]', '[1]'],
    ['[Source: 1]', '[Source: 1]'],
    ['[1][2]', '[1][2]'],
    ['[^1]', '[1]'],
    ['[[1]]', '[[1]]'],
    ['[[9]1]', '[1]'],
    ['[lien](http://x)', '[lien](http://x)'],
    ['[ ] à faire', '[ ] à faire'],
    ['[12-03-2024]', '[12-03-2024]'],
    ['[3.5]', '[3.5]'],
    ['[1', '[1'],
  ])('writes %s as %s', (written, sent) => {
    expect(through([`x ${written}`])).toBe(`x ${sent}`);
  });

  it('is the same however it is split', () => {
    const part = fc.oneof(
      fc.constantFrom('[', ']', '1', '9', ' ', '\n', '[1]', '[9]', '【', '】', ', ', '-', 'source', '†', 'mot', '😀'),
      fc.string(),
    );
    const answer = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(answer, fc.array(fc.nat(200), { maxLength: 30 }), (whole, cuts) => {
        const places = [...new Set([0, ...cuts.filter((cut) => cut < whole.length), whole.length])].sort(
          (a, b) => a - b,
        );
        const parts = places.slice(1).map((end, place) => whole.slice(places[place], end));
        expect(through(parts)).toBe(through([whole]));
      }),
      { numRuns: 2000 },
    );
  });
});
