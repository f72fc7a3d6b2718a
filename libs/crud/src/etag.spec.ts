import { InvalidIfMatchError } from './crud.errors';
import { etagOf, parseIfMatch } from './etag';

describe('ETag', () => {
  it('reads back what it writes', () => {
    expect(parseIfMatch(etagOf(7))).toBe(7);
  });

  it('takes a strong tag for the same version, and * or nothing for any', () => {
    expect([parseIfMatch('"7"'), parseIfMatch('*'), parseIfMatch(undefined)]).toEqual([7, undefined, undefined]);
  });

  it.each(['', '7', 'W/"x"', '"1", "2"', `"${'9'.repeat(30)}"`])('refuses %j', (header) => {
    expect(() => parseIfMatch(header)).toThrow(InvalidIfMatchError);
  });
});
