import type { DenseLeg } from '../dense/dense-search';
import type { LexicalHit } from '../lexical/lexical-index';
import { agreement } from './agreement';
import { byScore, fuse, type ScoredId } from './fuse';
import { fusionWeights, type FusionWeights } from './fusion-weights';

export interface LegScores {
  /** Cosine similarity; null when this leg did not find the passage. */
  readonly dense: number | null;
  /** BM25; null when this leg did not find the passage. */
  readonly lexical: number | null;
}

export interface FusedHit extends ScoredId {
  readonly scores: LegScores;
}

const scoresById = (hits: readonly ScoredId[]): Map<string, number> =>
  new Map(hits.map(({ id, score }) => [id, score]));

/** A model is judged by the words of the passages that it embedded. */
const weightsByModel = (
  dense: readonly DenseLeg[],
  lexical: readonly LexicalHit[],
  modelOf: (collectionId: string) => string | undefined,
): Map<string, FusionWeights> =>
  new Map(
    dense.map(({ embeddingModel, hits }) => {
      const own = lexical.filter(({ collectionId }) => modelOf(collectionId) === embeddingModel);
      return [embeddingModel, fusionWeights(embeddingModel, agreement(own, hits))];
    }),
  );

/**
 * Brings the legs together. Each passage is weighed by the model that embedded its collection; where that model could
 * not be asked, its words alone count in full.
 * @param modelOf the model whose vectors of a collection were searched, if they were
 */
export const fuseLegs = (
  dense: readonly DenseLeg[],
  lexical: readonly LexicalHit[],
  modelOf: (collectionId: string) => string | undefined,
): FusedHit[] => {
  const collectionOf = new Map(lexical.map(({ id, collectionId }) => [id, collectionId]));
  const weights = weightsByModel(dense, lexical, modelOf);
  const lexicalWeight = (id: string): number => weights.get(modelOf(collectionOf.get(id) ?? '') ?? '')?.lexical ?? 1;
  const denseWeight = (model: string): number => (lexical.length > 0 ? (weights.get(model)?.dense ?? 1) : 1);
  const denseScores = scoresById(dense.flatMap(({ hits }) => hits));
  const lexicalScores = scoresById(lexical);
  const fused = fuse([
    { hits: lexical, weight: lexicalWeight },
    ...dense.map(({ embeddingModel, hits }) => ({ hits, weight: denseWeight(embeddingModel) })),
  ]);
  const scoresOf = (id: string) => ({ dense: denseScores.get(id) ?? null, lexical: lexicalScores.get(id) ?? null });
  return fused.map(({ id, score }) => ({ id, score, scores: scoresOf(id) })).sort(byScore);
};
