import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { ReadableCollections, type ReadableCollection } from '#libs/ingestion';
import { renderErrorText, type Locale } from '#libs/kernel';

import { DenseSearch, type DenseFailure, type DenseResult } from '../dense/dense-search';
import { fuseLegs, type FusedHit } from '../fusion/fuse-legs';
import { LexicalIndex, type LexicalHit } from '../lexical/lexical-index';
import { LivePassages, type LivePassage } from './live-passages';
import { selectPassages } from '../selection/select-passages';
import { traceSearch, type SearchRecord } from '../trace/trace-search';
import { RetrievalObserver } from './retrieval-observer';
import type { Degradation, SearchHit, SearchRequest, SearchResult, TracedSearch } from './search-result';

/** What each leg contributes; deep enough that a passage known to both is found by both. */
const CANDIDATES = 100;
const DEFAULT_LIMIT = 10;
/** Loaded beyond the limit: so many of the best may repeat others before a hit is missing. */
const MAY_REPEAT = 10;
const NO_DENSE: DenseResult = { legs: [], failures: [] };

/**
 * Use case: the passages that answer a question, among those the caller may read. By words and by meaning, fused; what
 * the indexes find is shown only if its row is visible at the end.
 */
@Injectable()
export class SearchDocuments {
  constructor(
    private readonly readable: ReadableCollections,
    private readonly lexical: LexicalIndex,
    private readonly dense: DenseSearch,
    private readonly passages: LivePassages,
    private readonly observer: RetrievalObserver,
  ) {}

  /**
   * When vectors or their model cannot be used, the answer rests on words and says so in `degraded`.
   * @throws CollectionNotFoundError when a named collection does not exist or is not the caller's to see
   * @throws DomainError of the failed leg, in mode `dense` when no leg is left
   */
  async execute(caller: Principal, request: SearchRequest): Promise<SearchResult> {
    return resultOf(await this.record(caller, request), caller.locale);
  }

  /** The same search with all it went through. @throws as {@link execute} does */
  async trace(caller: Principal, request: SearchRequest): Promise<TracedSearch> {
    const record = await this.record(caller, request);
    return { ...resultOf(record, caller.locale), trace: traceSearch(record) };
  }

  private async record(caller: Principal, request: SearchRequest): Promise<SearchRecord> {
    const collections = await this.readable.list(caller, request.collectionIds);
    return this.observer.time('total', () => this.searchIn(caller, collections, request));
  }

  private async searchIn(
    caller: Principal,
    collections: readonly ReadableCollection[],
    request: SearchRequest,
  ): Promise<SearchRecord> {
    const [dense, lexical] = await Promise.all([
      this.byMeaning(collections, request),
      this.byWords(collections, request),
    ]);
    const fused = fuseLegs(dense.legs, lexical, modelsOf(collections, dense));
    const keys = fused.map(({ id }) => id);
    const ids = collections.map(({ id }) => id);
    const { query, origin = 'question', mode = 'hybrid', limit = DEFAULT_LIMIT } = request;
    const wanted = limit + MAY_REPEAT;
    const live = await this.observer.time('join', () => this.passages.load(keys, caller, ids, wanted));
    const selection = selectPassages(keys, live, wanted, limit);
    return { query, origin, mode, limit, collections: collections.length, dense, lexical, fused, selection };
  }

  private async byMeaning(
    collections: readonly ReadableCollection[],
    { query, mode, signal, depth = CANDIDATES }: SearchRequest,
  ) {
    if (mode === 'lexical') return NO_DENSE;
    const result = await this.observer.time('dense', () => this.dense.search(collections, query, depth, signal));
    const [failure] = result.failures;
    if (mode === 'dense' && failure && result.legs.length === 0) throw failure.error;
    return result;
  }

  private async byWords(
    collections: readonly ReadableCollection[],
    { query, mode, depth = CANDIDATES }: SearchRequest,
  ): Promise<readonly LexicalHit[]> {
    if (mode === 'dense') return [];
    return this.observer.time('lexical', () => this.lexical.search(collections, query, depth));
  }
}

/** The model of a collection whose vectors were searched; of no other. */
const modelsOf = (collections: readonly ReadableCollection[], { legs, failures }: DenseResult) => {
  const searched = new Set(legs.map(({ embeddingModel }) => embeddingModel));
  const failed = new Set(failures.flatMap(({ collectionIds }) => collectionIds));
  const models = new Map(collections.map(({ id, embeddingModel }) => [id, embeddingModel]));
  return (collectionId: string): string | undefined => {
    const model = models.get(collectionId);
    return model !== undefined && searched.has(model) && !failed.has(collectionId) ? model : undefined;
  };
};

const resultOf = ({ dense, fused, selection }: SearchRecord, locale: Locale): SearchResult => ({
  hits: toHits(selection.kept, fused),
  ...degradedBy(dense.failures, locale),
});

const degradedBy = (
  failures: readonly DenseFailure[],
  locale: Locale,
): Pick<SearchResult, 'degraded' | 'degradations'> => {
  const degradations = failures.map(({ error, collectionIds }): Degradation => {
    const detail = renderErrorText(error.definition[locale].detail, error.details);
    return { reason: error.code, detail, collectionIds };
  });
  const [first] = degradations;
  return first ? { degraded: first.reason, degradations } : {};
};

const toHits = (live: readonly LivePassage[], fused: readonly FusedHit[]): SearchHit[] => {
  const byKey = new Map(fused.map((hit) => [hit.id, hit]));
  return live.flatMap(({ key, page, headingPath, ...passage }) => {
    const hit = byKey.get(key);
    if (!hit) return [];
    const place = {
      ...(page === null ? {} : { page }),
      ...(headingPath.length > 0 ? { heading: headingPath.join(' > ') } : {}),
    };
    return [{ ...passage, ...place, score: hit.score, scores: hit.scores }];
  });
};
