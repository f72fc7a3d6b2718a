import type { ScoredId } from './fuse';

const BEST = 10;

/** Share of the best ten of one leg that is among the best ten of the other, 0..1; 0 where a leg found nothing. */
export const agreement = (one: readonly ScoredId[], other: readonly ScoredId[]): number => {
  const [best, rivals] = [one.slice(0, BEST), new Set(other.slice(0, BEST).map(({ id }) => id))];
  if (best.length === 0) return 0;
  return best.filter(({ id }) => rivals.has(id)).length / Math.min(best.length, rivals.size || BEST);
};
