import { stem } from './stem';
import { isStopWord } from './stop-words';
import { tokenize } from './tokenize';

/** Index terms of a text, in order: words and numbers without function words, stemmed, then accents folded. */
export const analyze = (text: string, language: string): string[] => {
  const terms: string[] = [];
  for (const { term } of tokenize(text)) {
    if (!isStopWord(term, language)) terms.push(stem(term, language));
  }
  return terms;
};
