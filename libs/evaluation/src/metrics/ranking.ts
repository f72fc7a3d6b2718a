/** How relevant each document is to a question, by its id; 0 and absent are not. */
export type Grades = ReadonlyMap<string, number>;

const discounted = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, place) => sum + grade / Math.log2(place + 2), 0);

/**
 * Normalized discounted cumulative gain of the first `depth`, as trec_eval computes it: 1 when the most relevant come first.
 * @param ranked ids, best first, each once
 */
export const ndcgAt = (depth: number, ranked: readonly string[], relevant: Grades): number => {
  const ideal = discounted([...relevant.values()].sort((a, b) => b - a).slice(0, depth));
  return ideal === 0 ? 0 : discounted(ranked.slice(0, depth).map((id) => relevant.get(id) ?? 0)) / ideal;
};

const relevantIds = (relevant: Grades): string[] => [...relevant].flatMap(([id, grade]) => (grade > 0 ? [id] : []));

/** Share of the relevant ones among the first `depth`. */
export const recallAt = (depth: number, ranked: readonly string[], relevant: Grades): number => {
  const wanted = relevantIds(relevant);
  const first = new Set(ranked.slice(0, depth));
  return wanted.length === 0 ? 0 : wanted.filter((id) => first.has(id)).length / wanted.length;
};

/** Whether a relevant one is among the first `depth`. */
export const hitAt = (depth: number, ranked: readonly string[], relevant: Grades): boolean =>
  ranked.slice(0, depth).some((id) => (relevant.get(id) ?? 0) > 0);

/** 1 over the place of the first relevant one; 0 without any. */
export const reciprocalRank = (ranked: readonly string[], relevant: Grades): number => {
  const place = ranked.findIndex((id) => (relevant.get(id) ?? 0) > 0);
  return place < 0 ? 0 : 1 / (place + 1);
};

/** 0 of nothing. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param share 0..1, such as .95 @returns 0 of nothing */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};
