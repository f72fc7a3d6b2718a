import type { MessageView } from '#libs/chat';

import { ndcgAt } from '../metrics/ranking';
import type { GoldenQuestionEntity } from '../golden-question/golden-question.entity';
import type { AnswerFigures } from './figures';

export type Expected = Pick<
  GoldenQuestionEntity,
  'expectedDocumentIds' | 'expectedPassage' | 'expectedAnswers' | 'answerable'
>;

/** A passage as the search found it. */
export interface FoundPassage {
  readonly documentId: string;
  readonly text: string;
}

export type GivenAnswer = Pick<
  MessageView,
  'content' | 'citations' | 'grounded' | 'confidence' | 'unsupported' | 'timings'
>;

const DEPTH = 10;

const flat = (text: string): string => text.toLowerCase().replaceAll(/\s+/gu, ' ').trim();
const holds = (text: string, wanted: string): boolean => flat(text).includes(flat(wanted));

/** Right is a passage of an expected document that holds the expected words; without a document, one that holds the words or an answer. */
const isRight = (passage: FoundPassage, { expectedDocumentIds: ids, expectedPassage, expectedAnswers }: Expected) => {
  const words = expectedPassage === null ? [] : [expectedPassage];
  if (ids.length > 0) return ids.includes(passage.documentId) && words.every((wanted) => holds(passage.text, wanted));
  return [...words, ...(words.length > 0 ? [] : expectedAnswers)].some((wanted) => holds(passage.text, wanted));
};

const hasTruth = ({ answerable, expectedDocumentIds, expectedPassage, expectedAnswers }: Expected): boolean =>
  answerable && (expectedDocumentIds.length > 0 || expectedPassage !== null || expectedAnswers.length > 0);

const ndcgOf = (found: readonly FoundPassage[], expected: Expected, rank: number | null): number => {
  const { expectedDocumentIds: ids } = expected;
  // Without documents there is one thing to find.
  if (ids.length === 0) return rank === null ? 0 : 1 / Math.log2(rank + 1);
  const ranked = [...new Set(found.map(({ documentId }) => documentId))];
  return ndcgAt(DEPTH, ranked, new Map(ids.map((id) => [id, 1])));
};

/** Where the first right passage stands, and how well the expected documents are ranked. */
const rankingOf = (expected: Expected, found: readonly FoundPassage[]) => {
  if (!hasTruth(expected)) return { isRanked: false, rank: null, ndcg10: 0 };
  const place = found.findIndex((passage) => isRight(passage, expected));
  const rank = place < 0 ? null : place + 1;
  return { isRanked: true, rank, ndcg10: ndcgOf(found, expected, rank) };
};

const citationsOf = ({ answerable, expectedDocumentIds: ids }: Expected, { citations }: GivenAnswer) => {
  const right = citations.filter(({ documentId }) => ids.includes(documentId)).length;
  return { citations: citations.length, rightCitations: answerable && ids.length > 0 ? right : null };
};

const holdsGold = ({ expectedAnswers: golds }: Expected, { content }: GivenAnswer): boolean | null =>
  golds.length === 0 ? null : golds.some((gold) => holds(content, gold));

/** Judges what was found and answered against what is known. Pure. @param found best first, ten at most */
export const judgeAnswer = (
  expected: Expected,
  found: readonly FoundPassage[],
  answer: GivenAnswer,
): AnswerFigures => ({
  ...rankingOf(expected, found),
  ...citationsOf(expected, answer),
  isAnswerable: expected.answerable,
  isAnswered: answer.grounded,
  confidence: answer.confidence ?? 0,
  holdsGold: holdsGold(expected, answer),
  unsupported: answer.unsupported.length,
  retrievalMs: answer.timings?.retrievalMs ?? 0,
  totalMs: answer.timings?.totalMs ?? 0,
});
