import {
  dimensionOf,
  formsByStem,
  gramTerms,
  mergeLanguages,
  queryTerms,
  type Languages,
  type QueryTerm,
} from '#libs/text';
import type { SparseScope, SparseVectorStore } from '#libs/vector-store';

import { byScore } from '../fusion/fuse';
import { mergeStatistics, type CorpusStatistics } from './bm25';
import { formShares } from './form-shares';
import { LexicalIndex, type LexicalHit, type SearchedCollection } from './lexical-index';
import { mixHits, mixingDepth } from './mix-hits';
import { rarityOf } from './word-rarity';

/** What a search asks of the store. */
type SearchedStore = Pick<SparseVectorStore, 'query' | 'languages' | 'frequencies'>;

/**
 * BM25 in a store that all processes share: ingestion writes each passage there as sparse vectors before it becomes visible.
 * Words are cut, weighed and mixed with 4-grams as {@link InProcessLexicalIndex} does; only the average length of passages is a
 * constant. An edited passage follows by a job, as its embedding does.
 */
export class SparseLexicalIndex extends LexicalIndex {
  constructor(private readonly store: SearchedStore) {
    super();
  }

  /** @throws VectorStoreUnavailableError */
  override async search(
    collections: readonly SearchedCollection[],
    question: string,
    limit: number,
  ): Promise<readonly LexicalHit[]> {
    const found = await Promise.all(scopesOf(collections).map((scope) => this.searchIn(scope, question, limit)));
    return found.flat().sort(byScore).slice(0, limit);
  }

  /** @throws VectorStoreUnavailableError */
  override async rarity(
    collections: readonly SearchedCollection[],
    question: string,
  ): Promise<ReadonlyMap<string, number>> {
    const scopes = scopesOf(collections);
    const spoken = await Promise.all(scopes.map((scope) => this.store.languages(scope)));
    const words = formsByStem(question, mergeLanguages(spoken));
    const parts = scopes.map((scope, at) => this.statistics(scope, [...words.values()], spoken[at] ?? new Map()));
    return rarityOf(words, mergeStatistics(await Promise.all(parts)));
  }

  private async searchIn(scope: SparseScope, question: string, limit: number): Promise<LexicalHit[]> {
    const languages = await this.store.languages(scope);
    const words = await this.wordWeights(scope, queryTerms(question, languages), languages);
    const grams = formShares(gramTerms(question));
    const depth = mixingDepth(limit);
    const queries = [
      { field: 'words' as const, weights: byDimension(words) },
      { field: 'grams' as const, weights: byDimension(grams) },
    ];
    const [byWords = [], byGrams = []] = await this.store.query(scope, queries, depth);
    return mixHits(byWords, byGrams, limit);
  }

  /** In one language each word has one form, and its rarity is the word's. */
  private async wordWeights(
    scope: SparseScope,
    query: readonly QueryTerm[],
    languages: Languages,
  ): Promise<Map<string, number>> {
    return languages.size < 2 ? formShares(query) : formShares(query, await this.statistics(scope, query, languages));
  }

  private async statistics(
    scope: SparseScope,
    query: readonly QueryTerm[],
    languages: Languages,
  ): Promise<CorpusStatistics> {
    const forms = [...new Set(query.flat())];
    const documents = [...languages.values()].reduce((sum, count) => sum + count, 0);
    const counts = await this.store.frequencies(scope, 'words', forms.map(dimensionOf), documents);
    return {
      documents,
      length: 0,
      frequencies: new Map(forms.map((form) => [form, counts.get(dimensionOf(form)) ?? 0])),
    };
  }
}

/** Rarity is counted in one organization; nobody reads in two. */
const scopesOf = (collections: readonly SearchedCollection[]): SparseScope[] =>
  Array.from(
    Map.groupBy(collections, ({ organizationId }) => organizationId),
    ([organizationId, own]) => ({ organizationId, collectionIds: own.map(({ id }) => id) }),
  );

/** Two terms that share a number are one there. */
const byDimension = (weights: ReadonlyMap<string, number>): Map<number, number> => {
  const dimensions = new Map<number, number>();
  for (const [term, weight] of weights) {
    const dimension = dimensionOf(term);
    dimensions.set(dimension, (dimensions.get(dimension) ?? 0) + weight);
  }
  return dimensions;
};
