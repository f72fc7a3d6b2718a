import type { ChatSource } from '../chat-model';
import { readSource, type Candidate } from './candidate';
import { readQuestion, stemsIn } from './question';
import { scoreCandidates, type ScoredCandidate } from './score-candidates';
import { selectSentences } from './select-sentences';
import { supportWeights } from './support';

export interface ExtractionInput {
  readonly question: string;
  readonly sources: readonly ChatSource[];
  readonly termWeight?: ((stem: string) => number) | undefined;
}

/** Every sentence of the sources with its score: what {@link extractAnswer} chooses from, and what quality is measured on. */
export const rankSentences = ({ question, sources, termWeight }: ExtractionInput): ScoredCandidate[] => {
  const read = readQuestion(question);
  return scoreCandidates(read, sources.map(readSource), supportWeights(read, termWeight));
};

/**
 * The sentences that answer a question, verbatim, without repetition, in reading order; empty when nothing supports an answer.
 * Deterministic.
 */
export const extractAnswer = (input: ExtractionInput): Candidate[] => {
  const question = readQuestion(input.question);
  return selectSentences(rankSentences(input), (language) => stemsIn(question, language));
};
