import { byScore, fuse } from '../fusion/fuse';
import type { QueryTerm } from './bm25';
import { gramTerms } from './char-grams';
import { searchTogether, type CollectionIndex, type IndexField } from './collection-index';
import type { LexicalHit } from './lexical-index';
import { mergeLanguages, queryTerms } from './terms';

/** Shares of words and 4-grams, measured best on SciFact and PIAF. */
const WORDS_SHARE = 0.6;
/** Gram candidates beyond the limit: the two orders differ most in the middle. */
const MIXING_DEPTH = 100;

/** The index of a collection, current enough for the question. */
export interface SearchedIndex {
  readonly id: string;
  readonly index: CollectionIndex;
}

const searchField = (
  searched: readonly SearchedIndex[],
  field: IndexField,
  query: readonly QueryTerm[],
  limit: number,
) => {
  const indexes = searched.map(({ index }) => index);
  const found = searchTogether(indexes, field, query, limit);
  return searched.flatMap(({ id: collectionId }, at) => (found[at] ?? []).map((hit) => ({ ...hit, collectionId })));
};

/** By words. Best first. */
export const searchWords = (searched: readonly SearchedIndex[], question: string, limit: number): LexicalHit[] => {
  const languages = mergeLanguages(searched.map(({ index }) => index.languages));
  return searchField(searched, 'words', queryTerms(question, languages), limit).sort(byScore).slice(0, limit);
};

/** By words and character 4-grams; scores are 0..1. Best first. */
export const searchMixed = (searched: readonly SearchedIndex[], question: string, limit: number): LexicalHit[] => {
  const depth = Math.max(limit, MIXING_DEPTH);
  const words = searchWords(searched, question, depth);
  const grams = searchField(searched, 'grams', gramTerms(question), depth).sort(byScore).slice(0, depth);
  const collectionOf = new Map([...words, ...grams].map(({ id, collectionId }) => [id, collectionId]));
  const mixed = fuse([
    { hits: words, weight: WORDS_SHARE },
    { hits: grams, weight: 1 - WORDS_SHARE },
  ]);
  return mixed.slice(0, limit).map(({ id, score }) => ({ id, score, collectionId: collectionOf.get(id) ?? '' }));
};
