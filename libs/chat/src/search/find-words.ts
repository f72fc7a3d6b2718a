import { foldForSearch } from './fold-for-search';

/** A place in a text, UTF-16 units, end exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** More places than an excerpt shows. */
const MAX_PLACES = 50;

/** What is looked for: the words of a query, folded, each once. @param most words that are taken; the rest is left out */
export const wordsOf = (query: string, most: number): string[] =>
  [...new Set(foldForSearch(query.normalize('NFC')).split(/\s+/u))].filter((word) => word !== '').slice(0, most);

const placesOf = (folded: string, word: string): Place[] => {
  const places: Place[] = [];
  let start = folded.indexOf(word);
  while (start >= 0 && places.length < MAX_PLACES) {
    places.push({ start, end: start + word.length });
    start = folded.indexOf(word, start + word.length);
  }
  return places;
};

const merged = (places: readonly Place[]): Place[] => {
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return apart;
};

/**
 * Where the words stand in a text, in its order, without overlaps.
 * @param words folded
 * @returns nothing when one of them is missing
 */
export const findWords = (text: string, words: readonly string[]): Place[] => {
  const folded = foldForSearch(text);
  if (words.length === 0 || !words.every((word) => folded.includes(word))) return [];
  return merged(words.flatMap((word) => placesOf(folded, word))).slice(0, MAX_PLACES);
};
