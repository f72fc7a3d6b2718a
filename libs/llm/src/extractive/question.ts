import { detectLanguage, isStopWord, stem, tokenize } from '#libs/text';
import { kindOf, type QuestionKind } from './question-kind';

export interface Question {
  readonly kind: QuestionKind;
  /** Content words, each once, in order. */
  readonly terms: readonly string[];
  readonly language: string;
}

/** @param text as the user wrote it */
export const readQuestion = (text: string): Question => {
  const language = detectLanguage(text);
  const all = tokenize(text).map(({ term }) => term);
  const content = all.filter(
    (term) => !isStopWord(term, language) && !isStopWord(term, 'fr') && !isStopWord(term, 'en'),
  );
  return { kind: kindOf(text), terms: [...new Set(content)], language };
};

/** Stems of a question's terms by the rules of a source's language, so that both sides are cut alike. Same order and length as `terms`. */
export const stemsIn = ({ terms }: Question, language: string): string[] => terms.map((term) => stem(term, language));
