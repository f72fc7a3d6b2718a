import type { SearchMode } from '../search/search-mode';

/**
 * Where a passage that a leg found was lost, in the order of the stages. `stale`: the index knows it, but it was replaced,
 * disabled or deleted since. `repetition`: it says the very same as one before it. `limit`: others stand before it.
 * `prompt`: it was handed on, and the prompt of the model had no room left.
 */
export const LOSS_STAGES = ['stale', 'repetition', 'limit', 'prompt'] as const;
export type LossStage = (typeof LOSS_STAGES)[number];

/** `question`: as asked. `rules`: with the words it borrows from earlier questions. */
export const QUERY_ORIGINS = ['question', 'rules'] as const;
export type QueryOrigin = (typeof QUERY_ORIGINS)[number];

/** A form of the question that was searched for. */
export interface TracedQuery {
  readonly text: string;
  readonly origin: QueryOrigin;
}

/** One way of searching: by words, or by the vectors of one model. */
export interface TracedLeg {
  readonly kind: 'lexical' | 'dense';
  /** Embedding model of a dense leg. */
  readonly model: string | null;
  /** Candidates it brought. */
  readonly found: number;
  /** Code of the failure; null when it answered. */
  readonly failure: string | null;
}

/** Where a leg placed a passage; ranks count from 1. */
export interface TracedRank {
  readonly rank: number;
  /** Cosine similarity or BM25: comparable inside one leg only. */
  readonly score: number;
}

/** A passage by its ids alone. The place in the list is the rank after fusion. */
export interface TracedCandidate {
  readonly documentId: string;
  readonly chunkId: string;
  readonly dense: TracedRank | null;
  readonly lexical: TracedRank | null;
  /** After fusion, 0..1. */
  readonly score: number;
  /** Place among the hits, from 1; null for one that was lost. */
  readonly place: number | null;
  readonly lostAt: LossStage | null;
  /** The passage that stands in its place, where there is one. */
  readonly lostTo: string | null;
}

/** What happened to one question between the asking and the hits: ids and figures, no text of documents. */
export interface RetrievalTrace {
  /** The one that was searched for comes first. */
  readonly queries: readonly TracedQuery[];
  readonly mode: SearchMode;
  readonly limit: number;
  /** Number of collections searched. */
  readonly collections: number;
  readonly legs: readonly TracedLeg[];
  /** Number of passages the legs found together. */
  readonly found: number;
  /** Best first, after fusion. */
  readonly candidates: readonly TracedCandidate[];
}

/** Candidates a trace that is kept or shown holds: about 12 KB. Beyond, a passage had no chance. */
const MOST_CANDIDATES = 50;

/** A trace of bounded size. @param always documents whose candidates stay, wherever they stand */
export const bounded = (trace: RetrievalTrace, always: ReadonlySet<string> = new Set()): RetrievalTrace => ({
  ...trace,
  candidates: trace.candidates.filter(
    ({ documentId, place }, at) => at < MOST_CANDIDATES || place !== null || always.has(documentId),
  ),
});

/** A trace as somebody may see it who may see these documents only. */
export const withoutOthers = (trace: RetrievalTrace, visible: ReadonlySet<string>): RetrievalTrace => {
  const candidates = trace.candidates.filter(({ documentId }) => visible.has(documentId));
  const chunks = new Set(candidates.map(({ chunkId }) => chunkId));
  const known = (lostTo: string | null): string | null => (lostTo !== null && chunks.has(lostTo) ? lostTo : null);
  return { ...trace, candidates: candidates.map((each) => ({ ...each, lostTo: known(each.lostTo) })) };
};
