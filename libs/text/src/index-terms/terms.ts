import { analyze } from '../analyze';
import { detectLanguage } from '../detect-language';
import { stem } from '../stem';
import { isStopWord } from '../stop-words';
import { tokenize } from '../tokenize';

/**
 * One word of a question: the index terms it stands for, one for each language of the index. A document holds at most
 * one of them. A word counts once however often the question says it (SciFact .680 to .685, PIAF unchanged).
 */
export type QueryTerm = readonly string[];

/**
 * Terms carry their language. Otherwise a word stemmed by the rules of one language meets words of another by chance:
 * measured -.04 nDCG when each question is stemmed in French and in English.
 */
const inLanguage = (term: string, language: string): string => `${language}:${term}`;

/** Index terms of a passage. */
export const indexTerms = (text: string, language: string): string[] =>
  analyze(text, language).map((term) => inLanguage(term, language));

/** A language of fewer passages than this is more likely a mistake of the detector than the language of a question. */
const SPOKEN_SHARE = 0.02;

/** Number of passages by language. */
export type Languages = ReadonlyMap<string, number>;

const isSpoken = (language: string, passages: Languages): boolean => {
  const total = [...passages.values()].reduce((sum, count) => sum + count, 0);
  return (passages.get(language) ?? 0) >= total * SPOKEN_SHARE;
};

/**
 * Words of a question, each in its form for every language of the passages: names, figures and loan words are found
 * whatever language surrounds them. Function words of the question's own language are left out of all of them, where
 * that language is spoken here: short questions are sometimes taken for another.
 */
export const queryTerms = (question: string, passages: Languages): QueryTerm[] => {
  const own = detectLanguage(question);
  const skips = isSpoken(own, passages) ? (term: string) => isStopWord(term, own) : () => false;
  const terms = new Map<string, QueryTerm>();
  for (const { term } of tokenize(question)) {
    if (skips(term)) continue;
    const languages = [...passages.keys()].filter((language) => !isStopWord(term, language));
    const forms = languages.map((language) => inLanguage(stem(term, language), language));
    terms.set(forms.join(' '), forms);
  }
  return [...terms.values()];
};

/** Every word of a question, function words too, by its stem in the question's own language. */
export const formsByStem = (question: string, passages: Languages): Map<string, QueryTerm> => {
  const own = detectLanguage(question);
  const languages = [...passages.keys()];
  return new Map(
    tokenize(question).map(({ term }) => [
      stem(term, own),
      languages.map((language) => inLanguage(stem(term, language), language)),
    ]),
  );
};

/** Languages of several indexes together. */
export const mergeLanguages = (parts: readonly Languages[]): Languages => {
  const merged = new Map<string, number>();
  for (const part of parts) {
    for (const [language, count] of part) merged.set(language, (merged.get(language) ?? 0) + count);
  }
  return merged;
};
