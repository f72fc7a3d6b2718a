const WORD = /[\p{L}\p{N}]+/gu;
/** Words taken together: single words would make texts about one thing look alike. */
const SHINGLE = 3;
const HALF_BITS = 32;
const SEEDS = [0, 0x9e3779b9] as const;

/** FNV-1a over UTF-16 units with a final mix; two of them with different seeds are faster than one of 64 bits. */
const hash = (text: string, start: number, end: number, seed: number): number => {
  let value = 2_166_136_261 ^ seed;
  for (let at = start; at < end; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return value ^ (value >>> 12);
};

/** Counts for each of 32 bits how often it is set, all bits at once: plane `n` holds the n-th binary digit of every count. */
class BitCounts {
  private readonly planes = new Int32Array(HALF_BITS);
  private total = 0;

  add(value: number): void {
    this.total += 1;
    for (let plane = 0, carry = value; carry !== 0; plane += 1) {
      const digits = this.planes[plane] ?? 0;
      this.planes[plane] = digits ^ carry;
      carry &= digits;
    }
  }

  /** Each bit that is set in more than half of what was added: all counts are compared with the half at once, digit by digit. */
  majority(): bigint {
    const half = Math.floor(this.total / 2);
    let above = 0;
    let equal = -1;
    for (let plane = HALF_BITS - 1; plane >= 0; plane -= 1) {
      const digits = this.planes[plane] ?? 0;
      const digitsOfHalf = (half >>> plane) & 1 ? -1 : 0;
      above |= equal & digits & ~digitsOfHalf;
      equal &= ~(digits ^ digitsOfHalf);
    }
    return BigInt(above >>> 0);
  }
}

/** The words of a text with one blank between them, and where each begins; one more for the end. */
const wordsOf = (text: string): { readonly words: string; readonly starts: readonly number[] } => {
  const words = text.toLowerCase().match(WORD) ?? [];
  const starts = [0];
  for (const word of words) starts.push((starts.at(-1) ?? 0) + word.length + 1);
  return { words: words.join(' '), starts };
};

/** Each bit is the majority among the hashes of the shingles. */
const majority = (words: string, starts: readonly number[], seed: number): bigint => {
  const counts = new BitCounts();
  const last = Math.max(SHINGLE, starts.length - 1);
  for (let at = SHINGLE; at <= last; at += 1) {
    counts.add(hash(words, starts[at - SHINGLE] ?? 0, (starts[at] ?? words.length + 1) - 1, seed));
  }
  return counts.majority();
};

/**
 * 64 bits that nearly equal texts nearly share (SimHash, Charikar 2002, over shingles of three words), as the signed
 * number PostgreSQL stores. Case, punctuation and white space do not count.
 */
export const fingerprintOf = (text: string): bigint => {
  const { words, starts } = wordsOf(text);
  const [low, high] = SEEDS.map((seed) => majority(words, starts, seed));
  return BigInt.asIntN(64, ((high ?? 0n) << BigInt(HALF_BITS)) | (low ?? 0n));
};

/** Number of bits in which two fingerprints differ, 0..64. */
export const fingerprintDistance = (a: bigint, b: bigint): number => {
  let differing = BigInt.asUintN(64, a ^ b);
  let bits = 0;
  for (; differing > 0n; differing &= differing - 1n) bits += 1;
  return bits;
};
