import { embedderKind } from '#libs/llm';

export interface FusionWeights {
  readonly dense: number;
  readonly lexical: number;
}

/**
 * The built-in embedder hashes words and letters: it sees what BM25 sees, without its weights. More than this share of
 * it costs nDCG (test/retrieval/ranking-quality); this much helps where words are misspelt.
 */
const HASHED_SHARE = 0.1;

/** A trained model and BM25 find different passages; neither is better everywhere (docs: French sets favour BM25). */
const TRAINED_SHARE = 0.5;

/**
 * A model nobody here knows may be as good as the known ones, or no retrieval model at all. At this share the hashed embedder,
 * taken for one, costs .007 nDCG@10 on SciFact and nothing on PIAF (.055 and .030 at equal shares); at .25 it cost .012.
 */
const UNKNOWN_SHARE = 0.15;

/**
 * So much of the best ten of both legs is the same for a model that knows what a text is about (measured .15 to .40, noise
 * .00 to .01): below it the share of an unknown model shrinks.
 */
const EXPECTED_AGREEMENT = 0.2;

const denseShare = (model: string, agreement: number): number => {
  const kind = embedderKind(model);
  if (kind === 'spelling') return HASHED_SHARE;
  if (kind === 'meaning') return TRAINED_SHARE;
  return UNKNOWN_SHARE * Math.min(1, agreement / EXPECTED_AGREEMENT);
};

/**
 * How much each leg counts for passages embedded by a model.
 * @param model `provider:model`
 * @param agreement share of the best ten of both legs that is the same, 0..1
 */
export const fusionWeights = (model: string, agreement: number): FusionWeights => {
  const dense = denseShare(model, agreement);
  return { dense, lexical: 1 - dense };
};
