import type { FusedHit } from '../fusion/fuse-legs';
import type { Reranking } from './rerank-passages';

/** Cross-encoders answer probabilities or raw logits, as their server likes. */
const asProbabilities = (scores: readonly number[]): readonly number[] =>
  scores.every((score) => score >= 0 && score <= 1) ? scores : scores.map((score) => 1 / (1 + Math.exp(-score)));

/**
 * Hits with the score by which they stand in their order: the reranker's, and behind those it read the fused score below the
 * lowest of them.
 */
export const rescored = (fused: readonly FusedHit[], { scores }: Pick<Reranking, 'scores'>): readonly FusedHit[] => {
  if (scores.size === 0) return fused;
  const values = asProbabilities([...scores.values()]);
  const lowest = Math.min(...values);
  const byKey = new Map([...scores.keys()].map((key, at) => [key, values[at] ?? 0]));
  return fused.map((hit) => ({ ...hit, score: byKey.get(hit.id) ?? hit.score * lowest }));
};
