/** Passages an answer rests on, as shipped: with 5 the gold answer is in reach of 88 % of the questions (PIAF); a few more cost little. */
export const MAX_PASSAGES = 8;

/** How answers from a collection are given; what is left out is as shipped. */
export interface AnswerTuning {
  /** Confidence below which nothing is answered, 0..1. As shipped the model decides, and the extractive one by its own threshold. */
  readonly minConfidence?: number | undefined;
  /** Passages an answer rests on, 1 to {@link MAX_PASSAGES}. */
  readonly passages?: number | undefined;
}
