/** Looked up once: inside a test's sandbox each look-up of a global costs more than the multiplication. */
const { imul } = Math;

/** So many UTF-16 units fit into a key as they are. */
export const UNITS_OF_A_KEY = 4;

/** A term as 64 bits, in two signed halves: the engine keeps small signed integers unboxed. */
export interface TermKey {
  readonly low: number;
  readonly high: number;
}

/** The terms of a text in order, two numbers each: low, high, low, high ... */
export type TermKeys = Int32Array<ArrayBuffer>;

/** Two UTF-16 units in one half of a key. */
export const unitPair = (first: number, second: number): number => first | (second << 16);

/** Up to four units are their own key; units behind the end count as 0. */
const spelled = (term: string): TermKey => {
  const unit = (at: number): number => (at < term.length ? term.charCodeAt(at) : 0);
  return { low: unitPair(unit(0), unit(1)), high: unitPair(unit(2), unit(3)) };
};

/** Two independent multiplicative hashes (FNV-1a, and MurmurHash3's constants), each finished to spread its bits. */
const hashed = (term: string): TermKey => {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < term.length; at += 1) {
    const code = term.charCodeAt(at);
    low = imul(low ^ code, 0x01000193);
    high = imul(high ^ code, 0xcc9e2d51);
    high ^= high >>> 15;
  }
  low ^= low >>> 16;
  low = imul(low, 0x85ebca6b);
  return { low: low ^ (low >>> 13), high };
};

/**
 * The key of a term: the term itself when it is short, a hash of it otherwise. Two of a million terms share a hash with
 * a probability of 3e-8, and would then only share their postings.
 */
export const keyOfTerm = (term: string): TermKey => (term.length <= UNITS_OF_A_KEY ? spelled(term) : hashed(term));

/** The keys of several terms. */
export const keysOfTerms = (terms: readonly string[]): TermKeys => {
  const keys = new Int32Array(terms.length * 2);
  for (const [at, term] of terms.entries()) {
    const { low, high } = keyOfTerm(term);
    keys[2 * at] = low;
    keys[2 * at + 1] = high;
  }
  return keys;
};
