import fc from 'fast-check';

import { fingerprintDistance, fingerprintOf } from './fingerprint';

const word = fc.stringMatching(/^[a-zéàç]{1,9}$/);
const text = fc.array(word, { maxLength: 80 }).map((words) => words.join(' '));

/** FNV-1a and final mix of one shingle, as 32 votes. */
const votesOf = (shingle: string, seed: number): number[] => {
  let value = 2_166_136_261 ^ seed;
  for (let at = 0; at < shingle.length; at += 1) value = Math.imul(value ^ shingle.charCodeAt(at), 16_777_619);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value ^= value >>> 12;
  return Array.from({ length: 32 }, (_, bit) => (((value >>> bit) & 1) === 1 ? 1 : -1));
};

/** The definition, vote by vote. */
const simHash = (words: readonly string[]): bigint => {
  const shingles =
    words.length <= 3 ? [words.join(' ')] : words.slice(2).map((_, at) => words.slice(at, at + 3).join(' '));
  let bits = 0n;
  for (const [half, seed] of [0, 0x9e3779b9].entries()) {
    const votes = shingles.map((shingle) => votesOf(shingle, seed));
    for (let bit = 0; bit < 32; bit += 1) {
      const sum = votes.reduce((total, each) => total + (each[bit] ?? 0), 0);
      if (sum > 0) bits |= 1n << BigInt(half * 32 + bit);
    }
  }
  return BigInt.asIntN(64, bits);
};

describe('fingerprintOf', () => {
  it('is the majority of the hashes of all three words that follow each other', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(fingerprintOf(any)).toBe(simHash(any.split(' ').filter(Boolean)));
      }),
    );
  });

  it('sees neither case, punctuation nor white space', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(fingerprintOf(`  ${any.toUpperCase().replaceAll(' ', ',\n')}!`)).toBe(fingerprintOf(any));
      }),
    );
  });

  it('changes little when one word of many changes', () => {
    const words = Array.from({ length: 200 }, (_, at) => `mot${String(at * 7_919)}`);
    const changed = words.with(100, 'autre');
    const other = words.map((each) => `${each}x`);
    const distance = (others: readonly string[]) =>
      fingerprintDistance(fingerprintOf(words.join(' ')), fingerprintOf(others.join(' ')));
    expect(distance(changed)).toBeLessThan(10);
    expect(distance(other)).toBeGreaterThan(15);
  });
});
