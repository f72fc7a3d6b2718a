/** A candidate of one leg. */
export interface ScoredId {
  readonly id: string;
  readonly score: number;
}

/** The candidates of one way of searching; their scores are comparable with each other only. */
export interface Leg {
  readonly hits: readonly ScoredId[];
  /** How much this leg counts, 0..1; of one candidate, or of all. */
  readonly weight: number | ((id: string) => number);
}

/**
 * Brings the scores of one leg to 0..1, keeping their order: the best is 1, the last is 0. What a leg did not find
 * counts as its last. Min-max keeps how far ahead the best hit is, which ranks (RRF) forget.
 */
export const minMax = (hits: readonly ScoredId[]): ScoredId[] => {
  const scores = hits.map(({ score }) => score);
  const low = Math.min(...scores);
  const span = Math.max(...scores) - low;
  return hits.map(({ id, score }) => ({ id, score: span > 0 ? (score - low) / span : 1 }));
};

/** Weighted sum of the min-max scores of each leg, best first; equal scores by id. */
export const fuse = (legs: readonly Leg[]): ScoredId[] => {
  const sums = new Map<string, number>();
  for (const { hits, weight } of legs) {
    const weightOf = typeof weight === 'number' ? () => weight : weight;
    for (const { id, score } of minMax(hits)) sums.set(id, (sums.get(id) ?? 0) + weightOf(id) * score);
  }
  return Array.from(sums, ([id, score]) => ({ id, score })).sort(byScore);
};

export const byScore = (a: ScoredId, b: ScoredId): number => b.score - a.score || (a.id < b.id ? -1 : 1);
