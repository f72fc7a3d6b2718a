import fc from 'fast-check';

import { inert, InertText } from './inert-text';

/** What CommonMark makes links, images, definitions and tags of. */
const ACTIVE = /\]\(|\]:|<[a-z/!?]/iu;
const TRICKY = fc.stringMatching(/^[\][()<>!:a/? ]{0,40}$/);

describe('Text that is only text', () => {
  it.each([
    ['![x](https://evil.example/?q=secret)', '![x] (https://evil.example/?q=secret)'],
    ['[ici](javascript:alert(1))', '[ici] (javascript:alert(1))'],
    ['[x]: https://evil.example', '[x] : https://evil.example'],
    ['<img src=x onerror=alert(1)></img>', '‹img src=x onerror=alert(1)>‹/img>'],
    ['<https://evil.example>', '‹https://evil.example>'],
    ['<!-- x -->', '‹!-- x -->'],
    ['25 jours [1][2], si n < 5 (voir [3]).', '25 jours [1][2], si n < 5 (voir [3]).'],
  ])('%s', (written, shown) => {
    expect(inert(written)).toBe(shown);
  });

  it('holds nothing active, whatever was written', () => {
    fc.assert(fc.property(TRICKY, (text) => !ACTIVE.test(inert(text))));
  });

  it('is the same in any split, and a second time', () => {
    fc.assert(
      fc.property(fc.array(TRICKY), (pieces) => {
        const filter = new InertText();
        const shown = pieces.map((piece) => filter.push(piece)).join('') + filter.end();
        expect(shown).toBe(inert(pieces.join('')));
        expect(inert(shown)).toBe(shown);
      }),
    );
  });
});
