import type { Judged } from './abstention';

/** How answering only from a confidence on fares. */
export interface AbstentionFigures {
  /** Share of the questions that are answered. */
  readonly coverage: number;
  /** Share of the answered ones that could not be answered from the documents. */
  readonly risk: number;
}

export const abstentionAt = (threshold: number, rows: readonly Judged[]): AbstentionFigures => {
  const answered = rows.filter(({ confidence }) => confidence >= threshold);
  const wrong = answered.filter(({ isAnswerable }) => !isAnswerable).length;
  return {
    coverage: rows.length === 0 ? 0 : answered.length / rows.length,
    risk: answered.length === 0 ? 0 : wrong / answered.length,
  };
};

/** With fewer of either kind a threshold is chance. */
const MIN_OF_EACH = 5;

/**
 * The confidence from which answering does best: where the share of answerable questions answered, less that of the others, is
 * highest (Youden's J). In the middle between two questions, so that neither lies on it.
 * @returns undefined with fewer than 5 questions of either kind
 */
export const fitThreshold = (rows: readonly Judged[]): number | undefined => {
  const [good, bad] = [rows.filter(({ isAnswerable }) => isAnswerable), rows.filter((row) => !row.isAnswerable)];
  if (Math.min(good.length, bad.length) < MIN_OF_EACH) return undefined;
  const share = (of: readonly Judged[], from: number): number =>
    of.filter(({ confidence }) => confidence >= from).length / of.length;
  const gain = (from: number): number => share(good, from) - share(bad, from);
  return cutsOf(rows).reduce((best, cut) => (gain(cut) > gain(best) ? cut : best));
};

const cutsOf = (rows: readonly Judged[]): number[] => {
  const values = [...new Set(rows.map(({ confidence }) => confidence))].sort((a, b) => a - b);
  return [0, ...values.slice(1).map((value, place) => (value + (values[place] ?? value)) / 2)];
};
