import type { Candidate } from './candidate';
import { isListItem } from './list-item';
import { stemsIn, type Question } from './question';
import { fitsKind, type QuestionKind } from './question-kind';
import { matchStem } from './stem-match';
import type { ScoredCandidate } from './score-candidates';

/**
 * Least support of an answer. On PIAF with half of the paragraphs removed, a question that has its paragraph is answered in
 * 3 of 4 cases and one that has not in 1 of 4. Over one half, so that one of two words is never enough.
 */
const MIN_SUPPORT = 0.51;
const MAX_SENTENCES = 3;
/** A further sentence must be nearly as good as the best. */
const MIN_RELATIVE_SCORE = 0.75;
/** Share of common stems from which two sentences say the same. */
const SAME_SHARE = 0.8;
const MAX_LIST_ITEMS = 8;

/** The sentences that answer, without repetition, in reading order; none when the sources do not support an answer. */
export const selectSentences = (scored: readonly ScoredCandidate[], question: Question): Candidate[] => {
  const ranked = scored
    .filter(({ candidate }) => isStatement(candidate.text))
    .toSorted((a, b) => b.score - a.score || inReadingOrder(a.candidate, b.candidate));
  const best = ranked.find((one) => supportsAnswer(one, question));
  if (!best) return [];
  const chosen: Candidate[] = [best.candidate];
  for (const { candidate, score } of ranked) {
    if (chosen.length >= MAX_SENTENCES || score < MIN_RELATIVE_SCORE * best.score) break;
    if (holdsAny(candidate, question) && isNew(candidate, chosen)) chosen.push(candidate);
  }
  return withListItems(chosen).toSorted(inReadingOrder);
};

/** "How much" without a number and "when" without a date are not answered, however well the words match. */
const MEASURED: ReadonlySet<QuestionKind> = new Set(['number', 'date']);

const supportsAnswer = ({ candidate, support }: ScoredCandidate, { kind }: Question): boolean =>
  support >= MIN_SUPPORT && (!MEASURED.has(kind) || fitsKind(kind, candidate.text));

/** A heading or a question tells nothing. */
const isStatement = (text: string): boolean => /\p{L}/u.test(text) && !text.startsWith('#') && !text.endsWith('?');

const inReadingOrder = (a: Candidate, b: Candidate): number => a.source.rank - b.source.rank || a.index - b.index;

const holdsAny = ({ source, stemSet }: Candidate, question: Question): boolean =>
  stemsIn(question, source.language).some((stem) => matchStem(stem, stemSet) > 0);

const isNew = (candidate: Candidate, chosen: readonly Candidate[]): boolean =>
  chosen.every((other) => !saysTheSame(candidate, other));

const saysTheSame = (a: Candidate, b: Candidate): boolean => {
  if (a.text.includes(b.text) || b.text.includes(a.text)) return true;
  const common = [...a.stemSet].filter((stem) => b.stemSet.has(stem)).length;
  return common >= SAME_SHARE * Math.min(a.stemSet.size, b.stemSet.size);
};

/** "Il faut fournir :" answers nothing without the list it announces. */
const withListItems = (chosen: readonly Candidate[]): Candidate[] => {
  const all = [...chosen];
  for (const { source, index, text } of chosen) {
    if (!text.endsWith(':')) continue;
    const following = source.sentences.slice(index + 1, index + 1 + MAX_LIST_ITEMS);
    const end = following.findIndex((next) => !isListItem(next.text));
    all.push(...following.slice(0, end < 0 ? undefined : end).filter((item) => item.text !== '' && isNew(item, all)));
  }
  return all;
};
