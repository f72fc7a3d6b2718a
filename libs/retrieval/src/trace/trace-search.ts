import { chunkIdOf, parseVectorId } from '#libs/ingestion';

import type { DenseResult } from '../dense/dense-search';
import type { FusedHit } from '../fusion/fuse-legs';
import { byScore, type ScoredId } from '../fusion/fuse';
import type { SearchMode } from '../search/search-mode';
import type { Reranking } from '../selection/rerank-passages';
import type { Selection } from '../selection/selection';
import type {
  RetrievalTrace,
  TracedCandidate,
  TracedLeg,
  TracedQuery,
  TracedRank,
  Translation,
} from './retrieval-trace';

/** All that one search went through. Keys are `document:generation:ordinal`. */
export interface SearchRecord {
  readonly queries: readonly TracedQuery[];
  readonly translation: Translation | null;
  readonly mode: SearchMode;
  readonly limit: number;
  readonly collections: number;
  readonly dense: DenseResult;
  readonly lexical: readonly ScoredId[];
  readonly fused: readonly FusedHit[];
  readonly reranking: Pick<Reranking, 'model' | 'scores' | 'failure'>;
  readonly selection: Selection;
}

const ranksOf = (hits: readonly ScoredId[]): Map<string, TracedRank> =>
  new Map(hits.map(({ id, score }, at) => [id, { rank: at + 1, score }]));

const denseLegs = ({ legs, failures }: DenseResult): TracedLeg[] => [
  ...legs.map(({ embeddingModel, hits }) => ({
    ...{ kind: 'dense' as const, model: embeddingModel, found: hits.length, failure: null },
  })),
  ...failures.map(({ error }) => ({ kind: 'dense' as const, model: null, found: 0, failure: error.code })),
];

const lexicalLegs = ({ mode, lexical }: SearchRecord): TracedLeg[] =>
  mode === 'dense' ? [] : [{ kind: 'lexical', model: null, found: lexical.length, failure: null }];

const rerankingLegs = ({ reranking: { model, scores, failure } }: SearchRecord): TracedLeg[] =>
  model === null ? [] : [{ kind: 'reranker', model, found: scores.size, failure: failure?.code ?? null }];

const chunkOf = (key: string): { readonly documentId: string; readonly chunkId: string } | undefined => {
  const parsed = parseVectorId(key);
  if (!parsed) return undefined;
  const { documentId, generation, ordinal } = parsed;
  return { documentId, chunkId: chunkIdOf(documentId, generation, ordinal) };
};

type Fate = Pick<TracedCandidate, 'place' | 'lostAt' | 'lostTo'>;

/** What became of each passage, by its key. */
const fatesOf = ({ kept, losses }: Selection): Map<string, Fate> => {
  const places = kept.map(({ key }, at): [string, Fate] => [key, { place: at + 1, lostAt: null, lostTo: null }]);
  const lost = losses.map(({ key, stage, to }): [string, Fate] => {
    const lostTo = to === undefined ? undefined : chunkOf(to)?.chunkId;
    return [key, { place: null, lostAt: stage, lostTo: lostTo ?? null }];
  });
  return new Map([...places, ...lost]);
};

const candidatesOf = ({ dense, lexical, fused, reranking, selection }: SearchRecord): TracedCandidate[] => {
  const byWords = ranksOf(lexical);
  const byMeaning = new Map(dense.legs.flatMap(({ hits }) => [...ranksOf(hits)]));
  const byReading = ranksOf(Array.from(reranking.scores, ([id, score]) => ({ id, score })).sort(byScore));
  const fates = fatesOf(selection);
  return fused.flatMap(({ id, score }) => {
    const [chunk, fate] = [chunkOf(id), fates.get(id)];
    if (!chunk || !fate) return [];
    const legs = { dense: byMeaning.get(id) ?? null, lexical: byWords.get(id) ?? null };
    return [{ ...chunk, ...legs, score, reranked: byReading.get(id) ?? null, ...fate }];
  });
};

/** What one search went through, by ids and figures. */
export const traceSearch = (record: SearchRecord): RetrievalTrace => ({
  queries: record.queries,
  translation: record.translation,
  mode: record.mode,
  limit: record.limit,
  collections: record.collections,
  legs: [...lexicalLegs(record), ...denseLegs(record.dense), ...rerankingLegs(record)],
  found: record.fused.length,
  candidates: candidatesOf(record),
  neighbours: [],
});
