import { byScore } from '../fusion/fuse';
import type { DenseLeg, DenseResult } from './dense-search';

const mergeLegs = (embeddingModel: string, legs: readonly DenseLeg[], limit: number): DenseLeg => {
  const best = new Map<string, number>();
  for (const { id, score } of legs.flatMap(({ hits }) => hits)) best.set(id, Math.max(score, best.get(id) ?? score));
  const hits = Array.from(best, ([id, score]) => ({ id, score })).sort(byScore);
  return { embeddingModel, hits: hits.slice(0, limit) };
};

/** What several forms of a question found, as one: each passage counts by the form that is nearest to it. */
export const mergeDense = (results: readonly DenseResult[], limit: number): DenseResult => {
  const [only, ...others] = results;
  if (only && others.length === 0) return only;
  const byModel = Map.groupBy(
    results.flatMap(({ legs }) => legs),
    ({ embeddingModel }) => embeddingModel,
  );
  const legs = Array.from(byModel, ([model, same]) => mergeLegs(model, same, limit));
  const failures = results.find((result) => result.failures.length > 0)?.failures ?? [];
  return { legs, failures };
};
