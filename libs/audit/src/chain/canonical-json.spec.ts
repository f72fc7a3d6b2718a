import fc from 'fast-check';

import { canonicalJson } from './canonical-json';

describe('canonicalJson', () => {
  it('sorts keys by code units, at every depth and also those that look like numbers', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }], a: 'é"', '10': 1, '9': 2, none: undefined })).toBe(
      '{"10":1,"9":2,"a":"é\\"","b":[{"a":null,"z":1}]}',
    );
  });

  it('says the same of the same value in whatever order it was made', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON that says what it was given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
