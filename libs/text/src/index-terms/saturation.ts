/** Robertson & Zaragoza, "The Probabilistic Relevance Framework" (2009); the values measured best here. */
export const K1 = 1.2;
export const B = 0.75;

/**
 * What BM25 gives a term of a passage before its rarity, 0..1: more the oftener it comes, less the longer the passage.
 * @param length terms of the passage @param averageLength terms of a passage as they usually are
 */
export const saturation = (frequency: number, length: number, averageLength: number): number =>
  frequency / (frequency + K1 * (1 - B + (B * length) / averageLength));
