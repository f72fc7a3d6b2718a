/** PDFium joins a word broken at a line's end and leaves this mark where the hyphen was. */
const BROKEN_WORD = /(?<![\p{L}\p{N}'’])([\p{L}\p{N}'’]*)\ufffe(\s*)([\p{L}\p{N}'’-]*)/gu;

/** French words that hang on the one before by a hyphen of their own. */
const CLITIC =
  /^(?:je|tu|il|elle|on|nous|vous|ils|elles|moi|toi|lui|leur|le|la|les|en|y|ce|ci|là|même|mêmes|t-\p{L}+)(?![\p{L}])/iu;

const keepsHyphen = (before: string, after: string, isKnown: (word: string) => boolean): boolean => {
  if (isKnown(`${before}-${after}`)) return true;
  if (isKnown(before + after)) return false;
  return CLITIC.test(after) || /^[\p{Lu}\p{N}]/u.test(after) || /\p{N}$/u.test(before);
};

/**
 * Mends words broken at line ends. The hyphen goes, unless it is part of the word: the document writes it so elsewhere, or
 * what follows is a name, a number or a French pronoun (`rendez-vous`).
 *
 * @param isKnown whether the document holds a word unbroken
 */
export const rejoinHyphens = (text: string, isKnown: (word: string) => boolean): string =>
  text.replace(BROKEN_WORD, (_, before: string, _blank, after: string) =>
    before === '' ? `-${after}` : before + (keepsHyphen(before, after, isKnown) ? '-' : '') + after,
  );

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;

/** The words of all lines, with their inner hyphens; words that are themselves broken count for nothing. */
export const vocabularyOf = (lines: Iterable<string>): Set<string> => {
  const words = new Set<string>();
  for (const line of lines) {
    for (const [word] of line.replace(BROKEN_WORD, ' ').matchAll(WORD)) words.add(word.toLowerCase());
  }
  return words;
};
