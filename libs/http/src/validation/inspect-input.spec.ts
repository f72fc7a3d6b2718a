import fc from 'fast-check';

import { InvalidRequestError, type FieldError } from '../problems/invalid-request.error';
import { inspectInput } from './inspect-input';

const refusalOf = (input: unknown): Pick<FieldError, 'field' | 'code'> | undefined => {
  try {
    inspectInput(input);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    const [{ field, code } = { field: '', code: '' }] = error.fields;
    return { field, code };
  }
};

describe('inspectInput', () => {
  it.each([[undefined], [null], [1], ['text 😀'], [{ a: [{ b: 'c' }] }], [Buffer.from('\0')]])(
    'lets %j pass',
    (input) => {
      expect(refusalOf(input)).toBeUndefined();
    },
  );

  it('names the field it refuses', () => {
    expect(refusalOf({ a: [{ b: 'x\0' }] })).toEqual({ field: 'a.0.b', code: 'wellFormedText' });
    expect(refusalOf({ q: '\ud83d' })).toEqual({ field: 'q', code: 'wellFormedText' });
    expect(refusalOf({ ids: Array(20_001).fill(1) })).toEqual({ field: 'ids', code: 'entries' });
  });

  it.each([['constructor'], ['__proto__']])('refuses what would be dropped in silence: %s', (key) => {
    const body: unknown = JSON.parse(`{ "a": { "${key}": 1 } }`);
    expect(refusalOf(body)).toEqual({ field: `a.${key}`, code: 'unknownField' });
  });

  it('accepts what JSON can say within the limits, and only that', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (text) => {
        const refused = refusalOf(JSON.parse(text)) !== undefined;
        const reparsed = JSON.stringify(JSON.parse(text));
        expect(refused).toBe(/\\u0000|\\ud[89a-f]|"(?:__proto__|constructor)":/.test(reparsed));
      }),
    );
  });
});
