import { COMMON_WORDS } from './common-passwords';

/** Rows of keyboards and what one counts on fingers; each also backwards. */
const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'azertyuiop',
  'asdfghjkl',
  'qsdfghjklm',
  'zxcvbnm',
];
const SEQUENCES = [...ROWS, ...ROWS.map((row) => Array.from(row).reverse().join(''))];
/** Shorter runs also stand in ordinary words. */
const MIN_RUN = 4;

/** Signs that stand for letters in passwords nobody will guess. */
const DISGUISES: Readonly<Record<string, string>> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/** Repetitions of up to 32 characters are looked for; longer ones are told by their own length. */
const REPETITION = /(.{1,32}?)\1+/g;
const YEAR = /(19|20)\d\d/g;
const MARKS = /\p{M}/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]/gu;

/**
 * Counts what is left of a password when everything a guesser tries first is taken out: common words, words about its
 * owner, runs of a keyboard, years and repetitions.
 * @param owned words about the owner, such as the parts of his address
 */
export const uncommonLength = (password: string, owned: readonly string[] = []): number => {
  const plain = password.normalize('NFKD').replaceAll(MARKS, '').toLowerCase();
  const undisguised = plain.replaceAll(/[@$!013457]/g, (sign) => DISGUISES[sign] ?? sign);
  const words = [...owned.map(lettersOf), ...COMMON_WORDS].filter(({ length }) => length >= MIN_RUN);
  return Math.min(...[plain, undisguised].map((form) => leftOf(lettersOf(form), words)));
};

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(NEITHER_LETTER_NOR_DIGIT, '');

const leftOf = (text: string, words: readonly string[]): number => {
  const once = text.replaceAll(REPETITION, (repeated, unit: string) => (repeated.length > 3 ? unit : repeated));
  const withoutWords = words.reduce((left, word) => left.replaceAll(word, ' '), once);
  return Array.from(withoutRuns(withoutWords).replaceAll(YEAR, '').replaceAll(' ', '')).length;
};

const withoutRuns = (text: string): string => {
  let left = '';
  for (let index = 0; index < text.length;) {
    const run = runAt(text, index);
    left += run >= MIN_RUN ? ' ' : text.slice(index, index + Math.max(run, 1));
    index += Math.max(run, 1);
  }
  return left;
};

/** Length of the longest stretch from `index` that is a part of a known sequence. */
const runAt = (text: string, index: number): number => {
  let length = 0;
  while (index + length < text.length && SEQUENCES.some((row) => row.includes(text.slice(index, index + length + 1))))
    length += 1;
  return length;
};
