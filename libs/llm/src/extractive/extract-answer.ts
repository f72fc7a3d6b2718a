import type { ChatSource } from '../chat-model';
import { readQuestion } from './question';
import { readSource } from './read-source';
import { sceneOf, type Scene } from './scene';
import { scoreCandidates, type ScoredCandidate } from './score-candidates';
import type { Extract } from './extract';
import { selectSentences } from './select-sentences';

export interface ExtractionInput {
  readonly question: string;
  /** What was searched for, when not the question itself. */
  readonly query?: string | undefined;
  readonly sources: readonly ChatSource[];
  readonly termWeight?: ((stem: string) => number) | undefined;
  /** 0..1; the threshold fitted on public sets when absent. */
  readonly minConfidence?: number | undefined;
}

interface Ranking {
  readonly scene: Scene;
  /** Best first. */
  readonly ranked: readonly ScoredCandidate[];
}

const rank = ({ question, query, sources, termWeight }: ExtractionInput): Ranking => {
  const read = sources.map(readSource);
  const scene = sceneOf(readQuestion(question, query), read, termWeight);
  const scored = scoreCandidates(
    read.flatMap(({ sentences }) => sentences),
    scene,
  );
  // Candidates come in reading order, and sorting is stable: equal ones stay in it.
  return { scene, ranked: scored.toSorted((a, b) => b.score - a.score) };
};

const logOdds = (probability: number | undefined): number | undefined =>
  probability === undefined ? undefined : Math.log(probability / (1 - probability));

/** Every sentence of the sources, best first: what {@link extractAnswer} chooses from, and what quality is measured on. */
export const rankSentences = (input: ExtractionInput): readonly ScoredCandidate[] => rank(input).ranked;

/**
 * The sentences that answer a question, verbatim, without repetition, in reading order; empty when nothing supports an answer.
 * Deterministic.
 */
export const extractAnswer = (input: ExtractionInput): Extract[] => {
  const { scene, ranked } = rank(input);
  return selectSentences(ranked, scene, logOdds(input.minConfidence));
};
