import { fuse } from '../fusion/fuse';
import type { LexicalHit } from './lexical-index';

/** Shares of words and 4-grams, measured best on SciFact and PIAF. */
const WORDS_SHARE = 0.6;
/** Gram candidates beyond the limit: the two orders differ most in the middle. */
const MIXING_DEPTH = 100;

/** How many hits of each kind {@link mixHits} wants. */
export const mixingDepth = (limit: number): number => Math.max(limit, MIXING_DEPTH);

/** What words and character 4-grams found, as one list; scores are 0..1. Best first. */
export const mixHits = (words: readonly LexicalHit[], grams: readonly LexicalHit[], limit: number): LexicalHit[] => {
  const collectionOf = new Map([...words, ...grams].map(({ id, collectionId }) => [id, collectionId]));
  const mixed = fuse([
    { hits: words, weight: WORDS_SHARE },
    { hits: grams, weight: 1 - WORDS_SHARE },
  ]);
  return mixed.slice(0, limit).map(({ id, score }) => ({ id, score, collectionId: collectionOf.get(id) ?? '' }));
};
