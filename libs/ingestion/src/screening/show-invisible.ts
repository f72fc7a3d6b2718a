const EXCERPT_LENGTH = 160;
/** Characters of the surroundings that help to judge a passage. */
const AROUND = 24;
/** Format and control characters, variation selectors, fillers. */
const INVISIBLE = /[\u034f\p{Variation_Selector}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u{e0000}-\u{e0fff}]/gu;

const asEscape = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const bounded = (text: string): string =>
  text.length <= EXCERPT_LENGTH ? text : `${text.slice(0, EXCERPT_LENGTH - 1)}…`;

/** On one line, with what is invisible spelled out: an excerpt must not do to its reader what the document does. */
export const showInvisible = (text: string): string =>
  bounded(text.slice(0, EXCERPT_LENGTH).replace(/\s+/g, ' ').replace(INVISIBLE, asEscape).toWellFormed().trim());

/** The passage with a little of what stands around it. */
export const excerptOf = (text: string, start: number, end: number): string =>
  showInvisible(text.slice(Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)));
