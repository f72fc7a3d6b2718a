import type { SearchMode } from '../search/search-mode';

/**
 * Where a passage that a leg found was lost, in the order of the stages. `stale`: the index knows it, but it was replaced,
 * disabled or deleted since. `repetition`: it says the very same as one before it. `near_duplicate`: it differs from one before it in little.
 * `diversity`: one document would have taken all places. `reranking`: the reranker put others
 * before it. `limit`: others stand before it. Then what became of a hit in an answer. `passages`: the collection that answers
 * gives fewer passages to an answer. `threshold`: all hits together were too weak to answer from. `unanswered`: the
 * extractive model read them and found no sentence of the kind asked for. `prompt`: the prompt of the model had no room left for it.
 */
export const LOSS_STAGES = [
  'stale',
  'repetition',
  'near_duplicate',
  'diversity',
  'reranking',
  'limit',
  'passages',
  'threshold',
  'unanswered',
  'prompt',
] as const;
export type LossStage = (typeof LOSS_STAGES)[number];

/**
 * `question`: as asked. `rules`: with the words it borrows from earlier questions. `model`: rewritten so that it stands alone.
 * `translation`: in the language of the documents.
 */
export const QUERY_ORIGINS = ['question', 'rules', 'model', 'translation'] as const;
export type QueryOrigin = (typeof QUERY_ORIGINS)[number];

/**
 * `unneeded`: the documents speak the language of the question. `no_model`: there is no model that could translate, so a passage
 * in another language is found by names, figures and loan words, or by a multilingual embedding model. `failed`: the model did not
 * translate in time.
 */
export const TRANSLATIONS = ['unneeded', 'no_model', 'failed', 'made'] as const;
export type Translation = (typeof TRANSLATIONS)[number];

export const LEG_KINDS = ['lexical', 'dense', 'reranker'] as const;
export type LegKind = (typeof LEG_KINDS)[number];

/** A form of the question that was searched for. */
export interface TracedQuery {
  readonly text: string;
  readonly origin: QueryOrigin;
}

/** One way of searching: by words, or by the vectors of one model; or the reranker behind them. */
export interface TracedLeg {
  readonly kind: LegKind;
  /** Embedding model of a dense leg, or the reranker. */
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
  /** By the reranker, of those it read. */
  readonly reranked: TracedRank | null;
  /** Place among the passages handed on, from 1; null for one that was lost before. */
  readonly place: number | null;
  readonly lostAt: LossStage | null;
  /** The passage that stands in its place, where there is one. */
  readonly lostTo: string | null;
}

/** What an answer makes of the passages found. */
export interface TracedAnswer {
  /** 0..1: how likely the passages answer the question. */
  readonly confidence: number;
  /** Confidence below which nothing is answered; null where the model decides. */
  readonly threshold: number | null;
  /** Passages handed on, without those beside them. */
  readonly passages: number;
  /** `provider:model` that answers. */
  readonly model: string;
  /** Tokens of its window; null for a model without one. */
  readonly windowTokens: number | null;
}

/** A passage handed on because it stands beside the best hit, by its ids alone. */
export interface TracedNeighbour {
  readonly documentId: string;
  /** The passage it was cut out of. */
  readonly chunkId: string;
  readonly neighbourOf: string;
}

/** What happened to one question between the asking and the hits: ids and figures, no text of documents. */
export interface RetrievalTrace {
  /** The one that was searched for comes first. */
  readonly queries: readonly TracedQuery[];
  /** Into the language of the documents; null where nobody asked for it, such as in a plain search. */
  readonly translation: Translation | null;
  readonly mode: SearchMode;
  readonly limit: number;
  /** Number of collections searched. */
  readonly collections: number;
  readonly legs: readonly TracedLeg[];
  /** Number of passages the legs found together. */
  readonly found: number;
  /** Best first, after fusion. */
  readonly candidates: readonly TracedCandidate[];
  /** Absent where no answer was to be given, such as in a plain search. */
  readonly answer?: TracedAnswer;
  /** Handed on besides the hits; none in a plain search. */
  readonly neighbours: readonly TracedNeighbour[];
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
  const neighbours = trace.neighbours.filter(({ documentId }) => visible.has(documentId));
  return { ...trace, candidates: candidates.map((each) => ({ ...each, lostTo: known(each.lostTo) })), neighbours };
};
