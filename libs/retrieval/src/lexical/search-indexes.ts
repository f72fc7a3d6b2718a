import { gramTerms, mergeLanguages, queryTerms, type QueryTerm } from '#libs/text';

import { byScore } from '../fusion/fuse';
import { searchTogether, type CollectionIndex, type IndexField } from './collection-index';
import type { LexicalHit } from './lexical-index';
import { mixHits, mixingDepth } from './mix-hits';

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
  const depth = mixingDepth(limit);
  const words = searchWords(searched, question, depth);
  const grams = searchField(searched, 'grams', gramTerms(question), depth).sort(byScore).slice(0, depth);
  return mixHits(words, grams, limit);
};
