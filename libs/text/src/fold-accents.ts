const MARKS = /\p{M}+/gu;
const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };
const LIGATURE = /[œæßøłđ]/g;
// eslint-disable-next-line no-control-regex -- the point is to recognise plain ASCII, control characters included
const ASCII = /^[\x00-\x7f]*$/;

/** Removes diacritics and opens ligatures of a lowercase text: `cœur à côté` becomes `coeur a cote`. */
export const foldAccents = (text: string): string =>
  ASCII.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(MARKS, '')
        .replace(LIGATURE, (letter) => LIGATURES[letter] ?? letter);
