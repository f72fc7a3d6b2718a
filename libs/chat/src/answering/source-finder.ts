import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';
import type { ChatModel, ChatUsage } from '#libs/llm';
import type { RetrievalTrace } from '#libs/retrieval';

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
  /** What was searched for, when not the question itself. */
  readonly query?: string | undefined;
  /** Tokens a model took to write that. */
  readonly usage?: ChatUsage | undefined;
  /** Chunks that the answer settings of the collection left out of `sources`. */
  readonly leftOut?: readonly string[] | undefined;
  /** What the search went through; absent when nothing was searched. */
  readonly trace?: RetrievalTrace | undefined;
}

/** A question, and where its answer is to be looked for. */
export interface Asking {
  readonly principal: Principal;
  readonly question: string;
  /** Earlier questions of the branch, newest first. */
  readonly previous: readonly string[];
  /** Restrict to those of these that the caller may still read; all readable ones when undefined. */
  readonly collectionIds: readonly string[] | undefined;
  readonly locale: Locale;
  /** Passages to look for; as many as an answer may rest on when undefined. */
  readonly limit?: number | undefined;
  /** The first model that would answer, for a query that has to be written; asked for only then. */
  readonly model: () => Promise<ChatModel | undefined>;
}

/** Port: the passages an answer may rest on, restricted to what the caller may read. */
export abstract class SourceFinder {
  /** @throws CollectionNotFoundError for one that does not exist or that the caller may not read */
  abstract requireReadable(principal: Principal, collectionIds: readonly string[]): Promise<void>;

  /**
   * Decides what to search for, and searches.
   * @param signal aborted when the answer is no longer wanted
   */
  abstract find(asking: Asking, signal: AbortSignal): Promise<FoundSources>;
}
