export interface FusionWeights {
  readonly dense: number;
  readonly lexical: number;
}

/**
 * The built-in embedder hashes words and letters: it sees what BM25 sees, without its weights. More than this share of
 * it costs nDCG (test/retrieval/ranking-quality); this much helps where words are misspelt.
 */
const HASHED: FusionWeights = { dense: 0.1, lexical: 0.9 };

/** A trained model and BM25 find different passages; neither is better everywhere (docs: French sets favour BM25). */
const TRAINED: FusionWeights = { dense: 0.5, lexical: 0.5 };

/** How much each leg counts for passages embedded by a model. @param embeddingModelId `provider:model` */
export const fusionWeights = (embeddingModelId: string): FusionWeights =>
  embeddingModelId.startsWith('builtin:') ? HASHED : TRAINED;
