import { euclideanLength } from './euclidean-length';
import { foldAccents } from './fold-accents';
import { isStopWord } from './stop-words';
import { tokenize } from './tokenize';

export const HASHED_DIMENSION = 768;

/**
 * Weight of a whole word and of its character n-grams, before each word is scaled to length 1. Chosen on SciFact and PIAF
 * together (test/quality/builtin-embedding.spec.ts): n-grams find inflections, the word itself keeps
 * look-alikes apart.
 */
const WORD_WEIGHT = 1.2;
const GRAM_WEIGHTS: Readonly<Record<number, number>> = { 3: 0.6, 4: 1, 5: 1 };

/** Longer "words" are base64 or DNA; their tails say nothing and would fill the cache. */
const MAX_WORD = 40;

/** One word as a sparse unit vector. */
interface HashedWord {
  readonly indices: Uint16Array;
  readonly values: Float32Array;
}

/** A passage has some hundred words and most come again: hashing each once is what makes this fast. About 25 MB when full. */
const CACHE_LIMIT = 40_000;
let cache = new Map<string, HashedWord>();

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

const hashWord = (word: string): HashedWord => {
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
  const norm = Math.hypot(...sparse.values()) || 1;
  return { indices: Uint16Array.from(sparse.keys()), values: Float32Array.from(sparse.values(), (v) => v / norm) };
};

const hashedWord = (word: string): HashedWord => {
  const known = cache.get(word);
  if (known) return known;
  if (cache.size >= CACHE_LIMIT) cache = new Map();
  const fresh = hashWord(word);
  cache.set(word, fresh);
  return fresh;
};

const isFunctionWord = (term: string): boolean => isStopWord(term, 'fr') || isStopWord(term, 'en');

const countWords = (text: string): Map<string, number> => {
  const all = new Map<string, number>();
  const content = new Map<string, number>();
  for (const { term } of tokenize(text)) {
    const word = foldAccents(term).slice(0, MAX_WORD);
    const counts = isFunctionWord(term) ? all : content;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return content.size > 0 ? content : all;
};

const add = (vector: Float32Array, { indices, values }: HashedWord, weight: number): void => {
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] ?? 0;
    vector[index] = (vector[index] ?? 0) + weight * (values[at] ?? 0);
  }
};

/** A text with no word at all still needs a unit vector; all such texts share this direction. */
const EMPTY_WORD = '\u0000';

/**
 * Hashes a text into a unit vector of {@link HASHED_DIMENSION}: words and character 3- to 5-grams, signed feature hashing,
 * sublinear term frequency (`1 + ln tf`), lowercase, accents folded, elisions and function words removed.
 */
export const hashText = (text: string): Float32Array => {
  const vector = new Float32Array(HASHED_DIMENSION);
  for (const [word, count] of countWords(text)) add(vector, hashedWord(word), 1 + Math.log(count));
  let norm = euclideanLength(vector);
  if (norm === 0) {
    add(vector, hashedWord(EMPTY_WORD), 1);
    norm = euclideanLength(vector);
  }
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / norm;
  return vector;
};
