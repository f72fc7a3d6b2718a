const WORD = /[\p{L}\p{N}]+/gu;
/** Words taken together: single words would make texts about one thing look alike. */
const SHINGLE = 3;
const HALF_BITS = 32;
const SEEDS = [0, 0x9e3779b9] as const;

/** FNV-1a over UTF-16 units with a final mix; two of them with different seeds are faster than one of 64 bits. */
const hash = (text: string, seed: number): number => {
  let value = 2_166_136_261 ^ seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
};

const shinglesOf = (text: string): string[] => {
  const words = text.toLowerCase().match(WORD) ?? [];
  if (words.length <= SHINGLE) return [words.join(' ')];
  return words.slice(SHINGLE - 1).map((_, at) => words.slice(at, at + SHINGLE).join(' '));
};

/** Each bit is the majority among the shingles' hashes. */
const majority = (shingles: readonly string[], seed: number): bigint => {
  const votes = new Int32Array(HALF_BITS);
  for (const shingle of shingles) {
    const value = hash(shingle, seed);
    for (let bit = 0; bit < HALF_BITS; bit += 1) votes[bit] = (votes[bit] ?? 0) + ((value >>> bit) & 1 ? 1 : -1);
  }
  return votes.reduce((bits, vote, bit) => (vote > 0 ? bits | (1n << BigInt(bit)) : bits), 0n);
};

/**
 * 64 bits that nearly equal texts nearly share (SimHash, Charikar 2002, over shingles of three words), as the signed
 * number PostgreSQL stores. Case, punctuation and white space do not count.
 */
export const fingerprintOf = (text: string): bigint => {
  const shingles = shinglesOf(text);
  const [low, high] = SEEDS.map((seed) => majority(shingles, seed));
  return BigInt.asIntN(64, ((high ?? 0n) << BigInt(HALF_BITS)) | (low ?? 0n));
};

/** Number of bits in which two fingerprints differ, 0..64. */
export const fingerprintDistance = (a: bigint, b: bigint): number => {
  let differing = BigInt.asUintN(64, a ^ b);
  let bits = 0;
  for (; differing > 0n; differing &= differing - 1n) bits += 1;
  return bits;
};
