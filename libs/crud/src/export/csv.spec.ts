import fc from 'fast-check';

import { csvLine } from './csv';

describe('csvLine', () => {
  it('quotes what needs it and makes text of formulas', () => {
    const values = [
      'plain',
      'a "b", c',
      null,
      12,
      -3,
      { a: 1 },
      '=HYPERLINK("x")',
      '+1',
      '-1',
      '@x',
      '\tx',
      'two\nlines',
    ];
    expect(csvLine(values)).toBe(
      `plain,"a ""b"", c",,12,-3,"{""a"":1}","'=HYPERLINK(""x"")",'+1,'-1,'@x,'\tx,"two\nlines"\r\n`,
    );
  });

  it('never begins a cell of text with what starts a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(csvLine([text])).not.toMatch(/^"?[=+\-@\t＝＋－＠]/);
      }),
    );
  });
});
