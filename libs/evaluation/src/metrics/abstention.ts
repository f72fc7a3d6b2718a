/** How sure the product was, and whether the question could be answered from the documents at all. */
export interface Judged {
  readonly confidence: number;
  readonly isAnswerable: boolean;
}

/**
 * Area under the ROC curve: how often an answerable question is given more confidence than one that is not; ties count half.
 * @returns undefined unless there are both kinds
 */
export const areaUnderRoc = (rows: readonly Judged[]): number | undefined => {
  const sorted = rows.toSorted((a, b) => a.confidence - b.confidence);
  const positives = rows.filter(({ isAnswerable }) => isAnswerable).length;
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (rankSum(sorted) - (positives * (positives + 1)) / 2) / (positives * negatives);
};

/** Sum of the places of the answerable ones; equal confidences share their mean place. */
const rankSum = (sorted: readonly Judged[]): number => {
  let sum = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to += 1;
    const answerable = sorted.slice(from, to).filter(({ isAnswerable }) => isAnswerable).length;
    sum += answerable * ((from + 1 + to) / 2);
  }
  return sum;
};
