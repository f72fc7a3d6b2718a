import { contentStems } from './content-stems';
import { fitsKind, type QuestionKind } from './question-kind';
import { matchStem } from './stem-match';

/** "Dernière mise à jour : 07/07/2016": a short label, and no more on the line than its value. */
const LABELLED = /^(\p{L}[^:\n]{1,60}?)\s?:\s+(\S[^\n]{0,120})$/u;
const VALUED: ReadonlySet<QuestionKind> = new Set(['date', 'number', 'person', 'place']);

/**
 * Whether a line gives a value of the kind that is asked for below a label that the question names.
 * @param asked stems of the question
 */
export const isLabelledValue = (
  line: string,
  kind: QuestionKind,
  asked: readonly string[],
  language: string,
): boolean => {
  if (!VALUED.has(kind)) return false;
  const [, label, value] = LABELLED.exec(line) ?? [];
  if (label === undefined || value === undefined || !fitsKind(kind, ` ${value}`)) return false;
  const held = new Set(contentStems(label, language));
  return asked.some((stem) => matchStem(stem, held) > 0);
};
