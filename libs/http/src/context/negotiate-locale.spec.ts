import fc from 'fast-check';

import { negotiateLocale } from './negotiate-locale';

describe('negotiateLocale', () => {
  it.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['fr;q=0.5, en;q=0.9', 'en'],
    ['de, es', 'fr'],
    ['de, *;q=0.5, en;q=0.1', 'fr'],
    ['en;q=0, fr;q=0.1', 'fr'],
    ['en;q=0', 'fr'],
    ['en;q=2', 'fr'],
    ['en;q=abc', 'fr'],
    ['english', 'fr'],
    [`${'x,'.repeat(19)}en`, 'en'],
    [`${'x,'.repeat(20)}en`, 'fr'],
  ])('answers %j with %s when the default is fr', (header, locale) => {
    expect(negotiateLocale(header, 'fr')).toBe(locale);
  });

  it('always answers one of our languages', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000, unit: 'binary' }), (header) => {
        expect(['fr', 'en']).toContain(negotiateLocale(header, 'en'));
      }),
    );
  });
});
