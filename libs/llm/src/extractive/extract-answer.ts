import type { ChatSource } from '../chat-model';
import { readSource, type Candidate } from './candidate';
import { readQuestion, type Question } from './question';
import { scoreCandidates, type ScoredCandidate } from './score-candidates';
import { selectSentences } from './select-sentences';
import { supportWeights } from './support';

export interface ExtractionInput {
  readonly question: string;
  readonly sources: readonly ChatSource[];
  readonly termWeight?: ((stem: string) => number) | undefined;
}

/** Every sentence of the sources with its score: what {@link extractAnswer} chooses from, and what quality is measured on. */
export const rankSentences = (input: ExtractionInput): ScoredCandidate[] => rank(readQuestion(input.question), input);

const rank = (question: Question, { sources, termWeight }: ExtractionInput): ScoredCandidate[] =>
  scoreCandidates(question, sources.map(readSource), supportWeights(question, termWeight));

/**
 * The sentences that answer a question, verbatim, without repetition, in reading order; empty when nothing supports an answer.
 * Deterministic.
 */
export const extractAnswer = (input: ExtractionInput): Candidate[] => {
  const question = readQuestion(input.question);
  return selectSentences(rank(question, input), question);
};
