import { euclideanLength } from './euclidean-length';
import { HASHED_DIMENSION, HashedWords, hashedForm } from './hashed-words';
import { isStopWord } from './stop-words';
import { tokenize } from './tokenize';

export { HASHED_DIMENSION };

const hashedWords = new HashedWords();

const isFunctionWord = (term: string): boolean => isStopWord(term, 'fr') || isStopWord(term, 'en');

const countWords = (text: string): Map<string, number> => {
  const all = new Map<string, number>();
  const content = new Map<string, number>();
  for (const { term } of tokenize(text)) {
    const word = hashedForm(term);
    const counts = isFunctionWord(term) ? all : content;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return content.size > 0 ? content : all;
};

/** A text with no word at all still needs a unit vector; all such texts share this direction. */
const EMPTY_WORD = '\u0000';

/**
 * Hashes a text into a unit vector of {@link HASHED_DIMENSION}: words and character 3- to 5-grams, signed feature hashing,
 * sublinear term frequency (`1 + ln tf`), lowercase, accents folded, elisions and function words removed.
 *
 * @param vector what it is written into, whatever it held before; a caller with thousands of texts may take it again
 */
export const hashText = (text: string, vector = new Float32Array(HASHED_DIMENSION)): Float32Array => {
  vector.fill(0);
  for (const [word, count] of countWords(text)) hashedWords.addTo(vector, word, 1 + Math.log(count));
  let norm = euclideanLength(vector);
  if (norm === 0) {
    hashedWords.addTo(vector, EMPTY_WORD, 1);
    norm = euclideanLength(vector);
  }
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / norm;
  return vector;
};
