import { isStopWord, stem, tokenize } from '#libs/text';

/** Stems of the words that carry meaning, in order. */
export const contentStems = (text: string, language: string): string[] =>
  tokenize(text)
    .filter(({ term }) => !isStopWord(term, language))
    .map(({ term }) => stem(term, language));
