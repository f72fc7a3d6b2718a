import { stepOf } from './totp';

/** RFC 6238, appendix B: the ASCII secret 12345678901234567890 in base32; its codes of 8 digits end with these 6. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('One-time codes', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at second %d', (second, code) => {
    expect(stepOf(SECRET, code, new Date(second * 1_000))).toBe(Math.floor(second / 30));
  });

  it('may be one step early or late, and keep their own step', () => {
    expect(stepOf(SECRET, '287082', new Date(89_000))).toBe(1);
    expect(stepOf(SECRET, '287082', new Date(29_000))).toBe(1);
    expect(stepOf(SECRET, '287082', new Date(120_000))).toBeUndefined();
  });

  it.each(['', 'abcdef', '28708', '2870822'])('are not %j', (code) => {
    expect(stepOf(SECRET, code, new Date(59_000))).toBeUndefined();
  });
});
