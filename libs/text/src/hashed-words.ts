import { foldAccents } from './fold-accents';

export const HASHED_DIMENSION = 768;

/**
 * Weight of a whole word and of its character n-grams, before each word is scaled to length 1. Chosen on SciFact and PIAF
 * together (test/quality/builtin-embedding.spec.ts): n-grams find inflections, the word itself keeps
 * look-alikes apart.
 */
const WORD_WEIGHT = 1.2;
const GRAM_WEIGHTS: Readonly<Record<number, number>> = { 3: 0.6, 4: 1, 5: 1 };

/** Longer "words" are base64 or DNA; their tails say nothing and would fill the pool. */
const MAX_WORD = 40;

/** Of all words together; some 40,000 words, 6 MB. A passage has some hundred words and most come again: hashing each once is what makes this fast. */
const POOL_SIZE = 1_000_000;
/** A word of {@link MAX_WORD} letters has fewer. */
const MOST_FEATURES = 128;

/** FNV-1a over UTF-16 units, then a final mix, because the index takes only its remainder. */
const hash = (text: string, start: number, end: number, seed: number): number => {
  let value = 2_166_136_261 + seed;
  for (let at = start; at < end; at++) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
};

const addFeature = (sparse: Map<number, number>, hashed: number, weight: number): void => {
  // Signed hashing: two features that meet in one cell cancel as often as they add up (Weinberger et al. 2009).
  const index = hashed % HASHED_DIMENSION;
  const signed = hashed >= 0x8000_0000 ? -weight : weight;
  sparse.set(index, (sparse.get(index) ?? 0) + signed);
};

const featuresOf = (word: string): Map<number, number> => {
  const sparse = new Map<number, number>();
  addFeature(sparse, hash(`w${word}`, 0, word.length + 1, 0), WORD_WEIGHT);
  const padded = `_${word}_`;
  for (const [size, weight] of Object.entries(GRAM_WEIGHTS)) {
    const length = Number(size);
    const count = padded.length - length + 1;
    for (let at = 0; at < count; at++) {
      addFeature(sparse, hash(padded, at, at + length, length), weight / Math.sqrt(count));
    }
  }
  return sparse;
};

/** Words as sparse unit vectors, each behind the other in two arrays: one object a word would be spread over all of memory. */
export class HashedWords {
  private readonly indices = new Uint16Array(POOL_SIZE);
  private readonly values = new Float32Array(POOL_SIZE);
  private readonly ends: number[] = [];
  private numbers = new Map<string, number>();
  private size = 0;

  /** Adds the vector of a term of `tokenize` so many times. */
  addTo(vector: Float32Array, word: string, weight: number): void {
    const number = this.numbers.get(word) ?? this.take(word);
    const end = this.ends[number] ?? 0;
    for (let at = this.ends[number - 1] ?? 0; at < end; at++) {
      const index = this.indices[at] ?? 0;
      vector[index] = (vector[index] ?? 0) + weight * (this.values[at] ?? 0);
    }
  }

  private take(word: string): number {
    if (this.size + MOST_FEATURES > POOL_SIZE) this.clear();
    const features = featuresOf(word);
    const norm = Math.hypot(...features.values()) || 1;
    for (const [index, value] of features) {
      this.indices[this.size] = index;
      this.values[this.size] = value / norm;
      this.size += 1;
    }
    const number = this.ends.push(this.size) - 1;
    this.numbers.set(word, number);
    return number;
  }

  private clear(): void {
    this.numbers = new Map();
    this.ends.length = 0;
    this.size = 0;
  }
}

/** A term as it is hashed: without accents, and not longer than anything that says something. */
export const hashedForm = (term: string): string => foldAccents(term).slice(0, MAX_WORD);
