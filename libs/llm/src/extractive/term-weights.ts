import type { Question, TermRole } from './question';

/** How much each question term counts, in the order of `question.terms`. */
export type TermWeights = readonly number[];

/** What asks is rarely repeated by the answer, a verb is often another one there, and a name is meant to the letter. */
const ROLE_WEIGHT: Readonly<Record<TermRole, number>> = { asking: 0.4, verb: 0.4, name: 1.2, plain: 1, borrowed: 0.5 };

export const termWeights = ({ roles }: Question, rarities: readonly number[]): number[] =>
  rarities.map((rarity, at) => rarity * ROLE_WEIGHT[roles[at] ?? 'plain']);

/** Weighted mean of `share` over the terms; 0 without terms. */
export const weightedShare = (
  stems: readonly string[],
  weights: TermWeights,
  share: (stem: string, at: number) => number,
): number => {
  let sum = 0;
  let total = 0;
  for (const [at, stem] of stems.entries()) {
    const weight = weights[at] ?? 0;
    total += weight;
    if (weight > 0) sum += weight * share(stem, at);
  }
  return total === 0 ? 0 : sum / total;
};
