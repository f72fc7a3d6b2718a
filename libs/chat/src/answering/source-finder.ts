import type { Principal } from '#libs/http';
import type { RetrievalTrace, SearchedQuery } from '#libs/retrieval';

import type { RetrievedSource } from '../message/stored-source';

export interface FoundSources {
  /** Best first; `marker` is the place, from 1. */
  readonly sources: readonly RetrievedSource[];
  /** Reason code when a part of the search was down. */
  readonly degraded: string | undefined;
  /** How rare a word of the query is in what was searched, by its stem in the query's language; absent when not measured. */
  readonly termWeight?: ((stem: string) => number) | undefined;
  /** Confidence below which nothing is answered, 0..1; the model decides when absent. */
  readonly minConfidence?: number | undefined;
  /** What the search went through; absent when nothing was searched. */
  readonly trace?: RetrievalTrace | undefined;
}

/** Port: the passages an answer may rest on, restricted to what the caller may read. */
export abstract class SourceFinder {
  /** @throws CollectionNotFoundError for one that does not exist or that the caller may not read */
  abstract requireReadable(principal: Principal, collectionIds: readonly string[]): Promise<void>;

  /**
   * @param collectionIds restrict to those of these that the caller may still read; all readable ones when undefined
   * @param signal aborted when the answer is no longer wanted
   */
  abstract find(
    principal: Principal,
    searched: SearchedQuery,
    collectionIds: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<FoundSources>;
}
