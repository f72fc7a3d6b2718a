import type { LegScores } from '../fusion/fuse-legs';
import type { QueryOrigin, RetrievalTrace, Translation } from '../trace/retrieval-trace';
import type { SearchMode } from './search-mode';

/** What is searched for, and how it came about. */
export interface SearchedQuery {
  readonly query: string;
  /** As asked, when absent. */
  readonly origin?: QueryOrigin | undefined;
  /** The same in the language of the documents, searched for as well. */
  readonly translated?: string | undefined;
  /** What became of the translation, for the trace. */
  readonly translation?: Translation | undefined;
}

export interface SearchRequest extends SearchedQuery {
  /** Restrict to these; all the caller may read when absent. */
  readonly collectionIds?: readonly string[] | undefined;
  /** Most hits to return, 1..100. */
  readonly limit?: number | undefined;
  readonly mode?: SearchMode | undefined;
  /** Candidates of each leg; more than usual for those who look closer. */
  readonly depth?: number | undefined;
  /** Aborting cancels the embedding of the question. */
  readonly signal?: AbortSignal | undefined;
}

/** A passage. `start` and `end` are offsets into the document's extracted text, which they cut `text` out of. */
export interface Passage {
  readonly documentId: string;
  readonly chunkId: string;
  readonly collectionId: string;
  readonly title: string;
  /** For formats that have pages. */
  readonly page?: number;
  /** Headings above the passage, outermost first, joined by ` > `. */
  readonly heading?: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A passage that was found. */
export interface SearchHit extends Passage {
  /** 0..1, comparable inside one answer only. */
  readonly score: number;
  readonly scores: LegScores;
}

/** Page and headings as hits have them: absent where there are none. */
export const placeOf = ({
  page,
  headingPath,
}: {
  readonly page: number | null;
  readonly headingPath: readonly string[];
}): Pick<Passage, 'page' | 'heading'> => ({
  ...(page === null ? {} : { page }),
  ...(headingPath.length > 0 ? { heading: headingPath.join(' > ') } : {}),
});

/** Collections that could only be searched by words, and why. */
export interface Degradation {
  /** Stable code of the failure. */
  readonly reason: string;
  /** The same for people, in the caller's language. */
  readonly detail: string;
  readonly collectionIds: readonly string[];
}

export interface SearchResult {
  /** Best first. */
  readonly hits: readonly SearchHit[];
  /** Code of the first failure; absent when all legs answered. */
  readonly degraded?: string;
  readonly degradations?: readonly Degradation[];
}

/** A search with all it went through; unbounded, for those who look closer. */
export interface TracedSearch extends SearchResult {
  readonly trace: RetrievalTrace;
}
