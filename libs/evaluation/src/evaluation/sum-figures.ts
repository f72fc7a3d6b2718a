import { areaUnderRoc } from '../metrics/abstention';
import { mean, percentile } from '../metrics/ranking';
import { fitThreshold } from '../metrics/threshold';
import type { AnswerFigures, EvaluationFigures } from './figures';

const DECIMALS = 10_000;
const rounded = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;
const share = (rows: readonly AnswerFigures[], holds: (row: AnswerFigures) => boolean): number | null =>
  rows.length === 0 ? null : rounded(mean(rows.map((row) => Number(holds(row)))));
const average = (values: readonly number[]): number | null => (values.length === 0 ? null : rounded(mean(values)));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const orNull = (value: number | undefined): number | null => (value === undefined ? null : rounded(value));

const rankingOf = (rows: readonly AnswerFigures[]) => {
  const ranked = rows.filter(({ isRanked }) => isRanked);
  const within = (depth: number) => share(ranked, ({ rank }) => rank !== null && rank <= depth);
  return {
    ...{ hitAt1: within(1), hitAt5: within(5), hitAt10: within(10) },
    ndcgAt10: average(ranked.map(({ ndcg10 }) => ndcg10)),
    meanReciprocalRank: average(ranked.map(({ rank }) => (rank === null ? 0 : 1 / rank))),
  };
};

const citationsOf = (rows: readonly AnswerFigures[]): number | null => {
  const judged = rows.filter(({ rightCitations }) => rightCitations !== null);
  const all = sum(judged.map(({ citations }) => citations));
  return all === 0 ? null : rounded(sum(judged.map(({ rightCitations }) => rightCitations ?? 0)) / all);
};

/** Answers that hold a gold one, of all answerable questions that have one: not answering is not right either. */
const goldOf = (rows: readonly AnswerFigures[]): number | null =>
  share(
    rows.filter(({ isAnswerable, holdsGold }) => isAnswerable && holdsGold !== null),
    ({ isAnswered, holdsGold }) => isAnswered && holdsGold === true,
  );

const times = (rows: readonly AnswerFigures[]) => {
  const at = (name: 'retrievalMs' | 'totalMs', place: number) =>
    percentile(
      rows.map((row) => row[name]),
      place,
    );
  return {
    ...{ retrievalMsP50: at('retrievalMs', 0.5), retrievalMsP95: at('retrievalMs', 0.95) },
    ...{ totalMsP50: at('totalMs', 0.5), totalMsP95: at('totalMs', 0.95) },
  };
};

/** The figures of a set from those of its answers. Pure. */
export const sumFigures = (rows: readonly AnswerFigures[]): EvaluationFigures => {
  const answered = rows.filter(({ isAnswered }) => isAnswered);
  return {
    questions: rows.length,
    answerable: rows.filter(({ isAnswerable }) => isAnswerable).length,
    ...rankingOf(rows),
    citationPrecision: citationsOf(rows),
    goldContained: goldOf(rows),
    coverage: share(rows, ({ isAnswered }) => isAnswered) ?? 0,
    risk: share(answered, ({ isAnswerable }) => !isAnswerable) ?? 0,
    abstentionAuc: orNull(areaUnderRoc(rows)),
    suggestedMinConfidence: orNull(fitThreshold(rows)),
    unsupportedPerAnswer: average(answered.map(({ unsupported }) => unsupported)) ?? 0,
    ...times(rows),
  };
};
