/** How one answer fared. */
export interface AnswerFigures {
  /** Place of the first right passage, from 1; null when none was found, or nothing says which is right. */
  readonly rank: number | null;
  /** Whether anything says which passage is right. */
  readonly isRanked: boolean;
  readonly ndcg10: number;
  readonly isAnswerable: boolean;
  /** Whether an answer was given that a quote proves. */
  readonly isAnswered: boolean;
  readonly confidence: number;
  /** Whether the answer holds a gold one; null without a gold one. */
  readonly holdsGold: boolean | null;
  readonly citations: number;
  /** Of an expected document; null when none is expected. */
  readonly rightCitations: number | null;
  readonly unsupported: number;
  readonly retrievalMs: number;
  readonly totalMs: number;
}

/** How a whole set fared; shares from 0 to 1, times in milliseconds. Null where there is nothing to measure it on. */
export interface EvaluationFigures {
  readonly questions: number;
  readonly answerable: number;
  readonly hitAt1: number | null;
  readonly hitAt5: number | null;
  readonly hitAt10: number | null;
  readonly ndcgAt10: number | null;
  readonly meanReciprocalRank: number | null;
  readonly citationPrecision: number | null;
  readonly goldContained: number | null;
  readonly coverage: number;
  readonly risk: number;
  readonly abstentionAuc: number | null;
  readonly suggestedMinConfidence: number | null;
  readonly unsupportedPerAnswer: number;
  readonly retrievalMsP50: number;
  readonly retrievalMsP95: number;
  readonly totalMsP50: number;
  readonly totalMsP95: number;
}
