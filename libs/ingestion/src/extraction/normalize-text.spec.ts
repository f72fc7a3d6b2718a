import fc from 'fast-check';

import { normalizeText } from './normalize-text';

describe('normalizeText', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toContain('\0');
        expect(once).not.toContain('\r');
      }),
    );
  });

  it('composes accents that a soft hyphen or a control character kept apart', () => {
    expect(normalizeText('e\u00ad\u0301te\u0000\u0301')).toBe('été');
  });

  it('writes ligatures as letters, but keeps œ and æ', () => {
    expect(normalizeText('e\ufb03cace, o\ufb03ce, \ufb02eur, cœur, ex æquo')).toBe(
      'efficace, office, fleur, cœur, ex æquo',
    );
  });

  it('joins a word at its soft hyphen, and knows one kind of hyphen', () => {
    expect(normalizeText('préci\u00ad\r\n  sion, rendez\u2011vous, porte\u2010clé')).toBe(
      'précision, rendez-vous, porte-clé',
    );
  });

  it('keeps French typography', () => {
    const text = '«\u00a0L’été\u202f!\u00a0» — 1\u202f000\u00a0€';
    expect(normalizeText(text)).toBe(text);
  });

  it('replaces half a surrogate pair, which no database stores', () => {
    expect(normalizeText('a\ud800b')).toBe('a\ufffdb');
  });
});
