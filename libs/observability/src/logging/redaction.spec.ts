import { maskLine } from './redaction';

describe('maskLine', () => {
  it.each([
    ['from ada.lovelace+test@mail.example.co.uk.', 'from [e-mail].'],
    ['Authorization: Bearer abc.def-ghi_jkl', 'Authorization: [secret]'],
    ['key myia_1a2b3c4d_zzzzzzzz used', 'key [secret] used'],
  ])('masks %j', (line, masked) => {
    expect(maskLine(line)).toBe(masked);
  });

  it.each(['node_modules/@nestjs/core/index.js', 'pg@8.23.1', 'a bearer of news', 'https://example.org/@me'])(
    'leaves %j alone',
    (line) => {
      expect(maskLine(line)).toBe(line);
    },
  );

  it('stays linear on text made to make it slow', () => {
    const hostile = `${'a.'.repeat(50_000)}@${'b-'.repeat(50_000)}`;
    expect(maskLine(hostile)).toHaveLength(hostile.length);
  });
});
