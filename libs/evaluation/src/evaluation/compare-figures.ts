import type { AnswerFigures, EvaluationFigures } from './figures';

/** Figures a change is judged by, and whether more of one is better. */
const GUARDED = {
  hitAt5: 1,
  ndcgAt10: 1,
  citationPrecision: 1,
  goldContained: 1,
  risk: -1,
} as const satisfies Partial<Record<keyof EvaluationFigures, 1 | -1>>;
type GuardedFigure = keyof typeof GUARDED;

/** Names of the figures that are worse than before by more than the margin. @param margin 0..1 */
export const worseBy = (margin: number, before: EvaluationFigures, after: EvaluationFigures): GuardedFigure[] =>
  (Object.keys(GUARDED) as GuardedFigure[]).filter((name) => {
    const [old, now] = [before[name], after[name]];
    // Differences of four decimals; what was measured before must still be measurable.
    return old !== null && (now === null || (old - now) * GUARDED[name] > margin + 1e-9);
  });

/** What changed of every figure both have: after less before. */
export const differenceOf = (before: EvaluationFigures, after: EvaluationFigures): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after).flatMap(([name, now]: [string, number | null]) => {
      const old = before[name as keyof EvaluationFigures];
      return old === null || now === null ? [] : [[name, Math.round((now - old) * 10_000) / 10_000]];
    }),
  );

/** How good one answer is: found earlier, then right, then silent where silence is right. */
const worth = ({ rank, isAnswerable, isAnswered, holdsGold }: AnswerFigures): number => {
  if (!isAnswerable) return isAnswered ? 0 : 1;
  return (rank === null ? 0 : 1 / rank) + (isAnswered && holdsGold === true ? 1 : 0);
};

export type Verdict = 'better' | 'worse' | 'same';

export const verdictOn = (before: AnswerFigures, after: AnswerFigures): Verdict => {
  const change = worth(after) - worth(before);
  if (change === 0) return 'same';
  return change > 0 ? 'better' : 'worse';
};
