/**
 * How many passages hold a term of this rarity: Qdrant's IDF, ln((n - df + .5) / (df + .5) + 1), turned round. Exact for
 * hundreds of thousands of passages: 32-bit floats tell as much. Over shards, which count each for itself, an estimate.
 */
export const frequencyBehind = (idf: number, passages: number): number =>
  Math.min(passages, Math.max(0, Math.round((passages + 1) / Math.exp(idf) - 0.5)));
