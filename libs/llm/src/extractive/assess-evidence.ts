import { rankSentences, type ExtractionInput } from './extract-answer';
import type { ScoredCandidate } from './score-candidates';
import { MIN_CONFIDENCE } from './select-sentences';

/** A sentence of a source, by offsets into the source's text. */
export interface Highlight {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** What the sources say to a question, before anybody has written an answer. */
export interface Evidence {
  /** 0..1: how likely the sources answer the question; 0 without sources. */
  readonly confidence: number;
  /** The sentences that answer best, verbatim, best first; few. */
  readonly highlights: readonly Highlight[];
}

const MAX_HIGHLIGHTS = 3;

const probability = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Confidence below which the extractive model gives no answer, where nothing else is set. */
export const EXTRACTIVE_THRESHOLD = probability(MIN_CONFIDENCE);

const placeOf = ({ candidate: { source, text } }: ScoredCandidate): Highlight => {
  const start = source.source.text.indexOf(text);
  return { marker: source.source.marker, start, end: start + text.length };
};

const isFirstTelling = (one: ScoredCandidate, place: number, all: readonly ScoredCandidate[]): boolean =>
  all.findIndex(({ candidate: { text } }) => text === one.candidate.text) === place;

/**
 * How well the sources answer a question, whatever model is going to write. Deterministic, a few milliseconds.
 * The confidence is a logistic regression over how much of the question the best sentence, its surroundings and its names
 * hold, rare words weighing more.
 */
export const assessEvidence = (input: ExtractionInput): Evidence => {
  const ranked = rankSentences(input);
  const [best] = ranked;
  if (!best) return { confidence: 0, highlights: [] };
  const highlights = ranked
    .slice(0, 2 * MAX_HIGHLIGHTS)
    .filter(isFirstTelling)
    .slice(0, MAX_HIGHLIGHTS)
    .map(placeOf);
  return { confidence: probability(best.confidence), highlights };
};
