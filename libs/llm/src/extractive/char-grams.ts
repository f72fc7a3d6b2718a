import { foldAccents } from '#libs/text';

const SIZE = 4;
const SEPARATORS = /[^\p{L}\p{N}]+/u;

/** Overlapping runs of four characters of the folded text: they see a word through its inflections and misspellings. */
export const charGrams = (text: string): Set<string> => {
  const words = foldAccents(text.toLowerCase()).split(SEPARATORS).filter(Boolean);
  const folded = ` ${words.join(' ')} `;
  return new Set(Array.from({ length: Math.max(0, folded.length - SIZE + 1) }, (_, at) => folded.slice(at, at + SIZE)));
};
