import { foldAccents } from '../fold-accents';

import type { QueryTerm } from './terms';
import { UNITS_OF_A_KEY as SIZE, unitPair, type TermKeys } from './term-keys';

const SEPARATORS = /[^\p{L}\p{N}]+/gu;

/** Words of a text without accents, with one space before, between and after them. */
const folded = (text: string): string => {
  const words = foldAccents(text.toLowerCase()).replace(SEPARATORS, ' ').trim();
  return words === '' ? '' : ` ${words} `;
};

/**
 * Overlapping runs of four characters of the folded text, spaces included: terms that need no language and forgive
 * typing mistakes.
 */
export const charGrams = (text: string): string[] => {
  const line = folded(text);
  return Array.from({ length: Math.max(0, line.length - SIZE + 1) }, (_, at) => line.slice(at, at + SIZE));
};

/** The keys of {@link charGrams}, without making a string of each: a chunk has more than a thousand. */
export const gramKeys = (text: string): TermKeys => {
  const line = folded(text);
  const count = Math.max(0, line.length - SIZE + 1);
  const keys = new Int32Array(count * 2);
  for (let at = 0; at < count; at += 1) {
    keys[2 * at] = unitPair(line.charCodeAt(at), line.charCodeAt(at + 1));
    keys[2 * at + 1] = unitPair(line.charCodeAt(at + 2), line.charCodeAt(at + 3));
  }
  return keys;
};

/** The same for a question. */
export const gramTerms = (question: string): QueryTerm[] => Array.from(new Set(charGrams(question)), (gram) => [gram]);
