import fc from 'fast-check';

import { drawablePieces } from './drawable-pieces';

const withoutSpaces = (text: string): string => text.replaceAll(/[\s\u200B]/gu, '');

describe('The pieces of a text', () => {
  it('are the text itself while it is short', () => {
    expect(drawablePieces('Une ligne.\n\n- une autre')).toEqual(['Une ligne.\n\n- une autre']);
  });

  it('are never long, nor hold a run that fills a line', () => {
    for (const text of ['x'.repeat(100_000), 'mot '.repeat(30_000), 'ligne\n'.repeat(20_000)]) {
      const pieces = drawablePieces(text);
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(2_200);
      expect(pieces.some((piece) => /[^\s\u200B]{31}/u.test(piece))).toBe(false);
    }
  });

  it('lose and add nothing but places to break', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ maxLength: 3_000 }), fc.constant('\n'), fc.constant(' '))), (parts) => {
        const text = parts.join('').toWellFormed();
        expect(withoutSpaces(drawablePieces(text).join('\n'))).toBe(withoutSpaces(text));
      }),
      { numRuns: 200 },
    );
  });
});
