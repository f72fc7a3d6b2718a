import type { VectorHit } from './vector-store';

/** Best first; equal scores by id, so that the order never depends on the adapter. */
export const rankHits = (hits: readonly VectorHit[]): VectorHit[] =>
  hits.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
