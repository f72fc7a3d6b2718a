/** Words models put before a number: `[source 1]`, `[doc. 2]`, `[sources 1 et 2]`. */
const WORDS = [
  'sources',
  'source',
  'documents',
  'document',
  'doc',
  'réf',
  'ref',
  'extrait',
  'passage',
  'and',
  'et',
  'to',
];

/** `sou` of `source`: what may still become a word when the next characters arrive. */
const beginningOf = (word: string): string =>
  Array.from(word)
    .reduceRight((rest, letter) => `${letter}(?:${rest})?`, '')
    .replaceAll('(?:)?', '');

const PIECE = `[ \\t\\u00A0\\u202F,;&#^.\\-–—‑\\d]|${WORDS.join('|')}`;
/** `【1†L5-L9】`: what some models write after the number. */
const DAGGER = '†[^\\]】\\n]{0,40}';
const MAY_BECOME = new RegExp(`^(?:${PIECE})*(?:${WORDS.map(beginningOf).join('|')}|${DAGGER})?$`, 'iu');
const COMPLETE = new RegExp(`^(?:${PIECE})*(?:${DAGGER})?$`, 'iu');
const NUMBERS = /(\d+)(?:\s*(?:[-–—‑]|to)\s*(\d+))?/giu;

/** Longest inside of a marker; a stream is never held back for more. A bare number has no bound: it is a marker for sure. */
const MAX_INSIDE = 60;
/** `[1-99]` names sources nobody retrieved; expanding further would only cost memory. */
const MAX_RANGE = 50;

const isBareNumber = (inside: string): boolean => /^\d+$/.test(inside);

export const isOpening = (character: string): boolean => character === '[' || character === '【';
export const isClosing = (character: string): boolean => character === ']' || character === '】';

/** Whether text after an opening bracket can still become a marker. */
export const mayBecomeMarker = (inside: string): boolean =>
  isBareNumber(inside) || (inside.length <= MAX_INSIDE && MAY_BECOME.test(inside));

const expand = (from: number, to: number): number[] =>
  to >= from ? Array.from({ length: Math.min(to - from + 1, MAX_RANGE) }, (_, index) => from + index) : [from, to];

/**
 * Numbers that a bracket's inside cites, each once, or undefined when it is no marker.
 * Longer numbers in lists (`[2024, 2025]`, `[12-03-2024]`) are content; a lone one in brackets is always a marker.
 */
export const numbersOf = (inside: string): number[] | undefined => {
  if (isBareNumber(inside)) return [Number(inside)];
  if (!COMPLETE.test(inside)) return undefined;
  const cited = inside.replace(/†.*$/su, '');
  const ranges = [...cited.matchAll(NUMBERS)];
  if (ranges.length === 0 || /\d{4,}|\d[.]\d/.test(cited)) return undefined;
  return [...new Set(ranges.flatMap(([, from, to]) => expand(Number(from), Number(to ?? from))))];
};

/** The one form in which a marker leaves the API. */
export const renderMarkers = (numbers: readonly number[]): string => numbers.map((number) => `[${number}]`).join('');
