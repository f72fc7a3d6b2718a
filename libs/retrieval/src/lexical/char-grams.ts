import { foldAccents } from '#libs/text';

import type { QueryTerm } from './bm25';

const SIZE = 4;
const SEPARATORS = /[^\p{L}\p{N}]+/u;

/**
 * Overlapping runs of four characters of the folded text, spaces included: terms that need no language and forgive
 * typing mistakes.
 */
export const charGrams = (text: string): string[] => {
  const words = foldAccents(text.toLowerCase()).split(SEPARATORS).filter(Boolean);
  const folded = ` ${words.join(' ')} `;
  return Array.from({ length: Math.max(0, folded.length - SIZE + 1) }, (_, at) => folded.slice(at, at + SIZE));
};

/** The same for a question. */
export const gramTerms = (question: string): QueryTerm[] => Array.from(new Set(charGrams(question)), (gram) => [gram]);
