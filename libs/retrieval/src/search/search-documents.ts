import { setImmediate } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { ReadableCollections, type ReadableCollection } from '#libs/ingestion';
import { renderErrorText, type Locale } from '#libs/kernel';

import { mergeDense } from '../dense/merge-dense';
import { DenseSearch, type DenseFailure, type DenseResult } from '../dense/dense-search';
import { fuseLegs, type FusedHit } from '../fusion/fuse-legs';
import { LexicalIndex, type LexicalHit } from '../lexical/lexical-index';
import { LivePassages, type LivePassage } from './live-passages';
import { rescored } from '../selection/rescored';
import { RerankPassages, type Reranking } from '../selection/rerank-passages';
import { selectBest, selectDistinct } from '../selection/select-passages';
import { traceSearch, type SearchRecord } from '../trace/trace-search';
import { RetrievalObserver } from './retrieval-observer';
import {
  placeOf,
  type Degradation,
  type SearchHit,
  type SearchRequest,
  type SearchResult,
  type TracedSearch,
} from './search-result';

/** What each leg contributes; deep enough that a passage known to both is found by both. */
const CANDIDATES = 100;
const DEFAULT_LIMIT = 10;
/** Loaded beyond the limit: so many of the best may repeat others before a hit is missing. */
const MAY_REPEAT = 10;
/** Turns of the event loop until a request is on its way: in the first it is made, in the second written. */
const TURNS_OF_A_REQUEST = 2;
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
    private readonly reranking: RerankPassages,
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
    const { query, mode = 'hybrid', limit = DEFAULT_LIMIT, signal } = request;
    const wanted = Math.max(limit, this.reranking.depth) + MAY_REPEAT;
    const live = await this.observer.time('join', () => this.passages.load(keys, caller, ids, wanted));
    const { kept: distinct, losses } = selectDistinct(keys, live, wanted);
    const reranking = await this.observer.time('rerank', () => this.reranking.order(query, distinct, signal));
    const best = selectBest(reranking.passages, distinct, limit);
    const selection = { kept: best.kept, losses: [...losses, ...best.losses] };
    const asked = { ...queriesOf(request), mode, limit, collections: collections.length };
    return { ...asked, dense, lexical, fused, reranking, selection };
  }

  private async byMeaning(
    collections: readonly ReadableCollection[],
    { query, translated, mode, signal, depth = CANDIDATES }: SearchRequest,
  ) {
    if (mode === 'lexical') return NO_DENSE;
    const result = await this.observer.time('dense', async () => {
      const forms = translated === undefined ? [query] : [query, translated];
      return mergeDense(
        await Promise.all(forms.map((form) => this.dense.search(collections, form, depth, signal))),
        depth,
      );
    });
    const [failure] = result.failures;
    if (mode === 'dense' && failure && result.legs.length === 0) throw failure.error;
    return result;
  }

  private async byWords(
    collections: readonly ReadableCollection[],
    { query, translated, mode, depth = CANDIDATES }: SearchRequest,
  ): Promise<readonly LexicalHit[]> {
    if (mode === 'dense') return [];
    // What follows computes without a pause: first the other leg's request goes out, so that its server works meanwhile.
    for (let turn = 0; turn < TURNS_OF_A_REQUEST; turn++) await setImmediate();
    // One query: BM25 scores of two would not be comparable, and words of one language match nothing in the other.
    const words = [query, translated ?? ''].join(' ').trimEnd();
    return this.observer.time('lexical', () => this.lexical.search(collections, words, depth));
  }
}

const queriesOf = ({
  query,
  origin = 'question',
  translated,
  translation,
}: SearchRequest): Pick<SearchRecord, 'queries' | 'translation'> => ({
  queries: [
    { text: query, origin },
    ...(translated === undefined ? [] : [{ text: translated, origin: 'translation' as const }]),
  ],
  translation: translation ?? null,
});

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

const resultOf = ({ dense, fused, reranking, selection }: SearchRecord, locale: Locale): SearchResult => ({
  hits: toHits(selection.kept, rescored(fused, reranking)),
  ...degradedBy([...dense.failures, ...rerankingFailure(reranking)], locale),
});

const rerankingFailure = ({ failure }: Pick<Reranking, 'failure'>): DenseFailure[] =>
  failure ? [{ error: failure, collectionIds: [] }] : [];

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
  return live.flatMap(({ key, page, headingPath, fingerprint: _, ...passage }) => {
    const hit = byKey.get(key);
    if (!hit) return [];
    const place = placeOf({ page, headingPath });
    return [{ ...passage, ...place, score: hit.score, scores: hit.scores }];
  });
};
