/** `[12]` and `[3, 4]`, with the space before: in an answer they would read as markers of ours. */
const REFERENCE = /[^\S\r\n]*\[\d+(?:\s?[,–-]\s?\d+)*\]/gu;
const LEADING = /^(?:\s*\[\d+(?:\s?[,–-]\s?\d+)*\][\s:,;.]*)+/u;
const TRAILING = /(?:\s*\[\d+(?:\s?[,–-]\s?\d+)*\])+$/u;

/** A sentence without the bracketed numbers at its ends. */
export const trimReferences = (sentence: string): string => sentence.replace(LEADING, '').replace(TRAILING, '').trim();

/** A text as it is told: without any bracketed number, nor one that appears where another was: `[[2]1]`. */
export const withoutReferences = (text: string): string => {
  const told = text.replaceAll(REFERENCE, '');
  return told === text ? text.trim() : withoutReferences(told);
};
