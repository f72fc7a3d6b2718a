import type { Place } from './find-words';

export interface Excerpt {
  /** To the letter, from `start` of the message. */
  readonly text: string;
  readonly start: number;
  /** Of the words, in `text`. */
  readonly matches: readonly Place[];
}

/** Three lines of a list of results. */
const LENGTH = 240;
/** Characters before the first word, so that its sentence can be read. */
const LEAD = 60;

const isLowSurrogate = (unit: string): boolean => /^[\uDC00-\uDFFF]$/.test(unit);

/** The nearest place that begins a word, or at least a character. */
const beginning = (text: string, wanted: number, first: number): number => {
  if (wanted <= 0) return 0;
  const space = text.slice(wanted, first).search(/\s/u);
  const start = space < 0 ? wanted : wanted + space + 1;
  return isLowSurrogate(text.charAt(start)) ? start - 1 : start;
};

/** The part of a text around the first of some places. @param places in order, at least one */
export const excerptOf = (text: string, places: readonly Place[]): Excerpt => {
  const first = places[0]?.start ?? 0;
  const start = beginning(text, first - LEAD, first);
  const wanted = Math.min(text.length, start + LENGTH);
  const end = isLowSurrogate(text.charAt(wanted)) ? wanted - 1 : wanted;
  const matches = places
    .filter((place) => place.end <= end)
    .map((place) => ({ start: place.start - start, end: place.end - start }));
  return { text: text.slice(start, end), start, matches };
};
