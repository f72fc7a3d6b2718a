import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { SEARCH_MODES, type SearchMode } from '../search/search-mode';
import {
  LEG_KINDS,
  LOSS_STAGES,
  QUERY_ORIGINS,
  TRANSLATIONS,
  type LegKind,
  type LossStage,
  type QueryOrigin,
  type RetrievalTrace,
  type TracedAnswer,
  type TracedCandidate,
  type TracedLeg,
  type TracedNeighbour,
  type TracedQuery,
  type TracedRank,
  type Translation,
} from './retrieval-trace';

class TracedQueryView implements TracedQuery {
  @ApiProperty({ example: 'Et pour les cadres ? délai préavis employés' })
  readonly text!: string;

  @ApiProperty({
    enum: QUERY_ORIGINS,
    example: 'rules',
    description:
      '`question`: as asked. `rules`: with the words it borrows from earlier questions. `model`: rewritten so that it stands alone. `translation`: in the language of the documents.',
  })
  readonly origin!: QueryOrigin;
}

class TracedLegView implements TracedLeg {
  @ApiProperty({ enum: LEG_KINDS, example: 'dense', description: 'By words, by meaning, or the reranker behind both.' })
  readonly kind!: LegKind;

  @ApiProperty({ type: String, nullable: true, example: 'ollama:bge-m3', description: 'Embedding model, or reranker.' })
  readonly model!: string | null;

  @ApiProperty({ type: 'integer', example: 100, description: 'Candidates it brought.' })
  readonly found!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'vector_store.unavailable',
    description: 'Code of its failure; null when it answered.',
  })
  readonly failure!: string | null;
}

class TracedRankView implements TracedRank {
  @ApiProperty({ type: 'integer', example: 3, description: 'Place in the leg, from 1.' })
  readonly rank!: number;

  @ApiProperty({ example: 12.7, description: 'Cosine similarity or BM25: comparable inside one leg only.' })
  readonly score!: number;
}

class TracedCandidateView implements TracedCandidate {
  @ApiProperty({ format: 'uuid', example: '0d3f4f6f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly documentId!: string;

  @ApiProperty({ format: 'uuid', example: '9a446f0d-5a11-5d1e-9a44-0190e5a87c1b' })
  readonly chunkId!: string;

  @ApiProperty({ type: TracedRankView, nullable: true, description: 'Null when not found by meaning.' })
  readonly dense!: TracedRank | null;

  @ApiProperty({ type: TracedRankView, nullable: true, description: 'Null when not found by words.' })
  readonly lexical!: TracedRank | null;

  @ApiProperty({ example: 0.71, description: 'After fusion, 0..1.' })
  readonly score!: number;

  @ApiProperty({ type: TracedRankView, nullable: true, description: 'By the reranker; null when it did not read it.' })
  readonly reranked!: TracedRank | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 2,
    description: 'Among those handed on; null when lost before.',
  })
  readonly place!: number | null;

  @ApiProperty({
    enum: LOSS_STAGES,
    type: String,
    nullable: true,
    example: 'repetition',
    description:
      'Where it was lost. `stale`: replaced, disabled or deleted since it was indexed. `repetition`: it says the very same as one before it. `near_duplicate`: it differs from one before it in little. `diversity`: one document would have taken all places. `reranking`: the reranker put others before it. `limit`: others stand before it. `passages`: the collection gives fewer to an answer. `threshold`: the passages found were too weak to answer from. `unanswered`: the built-in model found no sentence in them of the kind asked for. `prompt`: no room left in the prompt of the model.',
  })
  readonly lostAt!: LossStage | null;

  @ApiProperty({
    format: 'uuid',
    type: String,
    nullable: true,
    example: '6f0d3f4f-5a11-5d1e-9a44-0190e5a87c1b',
    description: 'The passage that stands in its place.',
  })
  readonly lostTo!: string | null;
}

class TracedAnswerView implements TracedAnswer {
  @ApiProperty({ example: 0.82, description: '0..1: how likely the passages answer the question.' })
  readonly confidence!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.54,
    description: 'Confidence below which nothing is answered; null where the model decides.',
  })
  readonly threshold!: number | null;

  @ApiProperty({ type: 'integer', example: 8, description: 'Passages handed on, without those beside them.' })
  readonly passages!: number;

  @ApiProperty({ example: 'ollama:mistral', description: 'The model that answers.' })
  readonly model!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 8192, description: 'Tokens of its window, if it has one.' })
  readonly windowTokens!: number | null;
}

class TracedNeighbourView implements TracedNeighbour {
  @ApiProperty({ format: 'uuid', example: '0d3f4f6f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly documentId!: string;

  @ApiProperty({ format: 'uuid', example: '5a116f0d-3f4f-5d1e-9a44-0190e5a87c1b' })
  readonly chunkId!: string;

  @ApiProperty({ format: 'uuid', example: '9a446f0d-5a11-5d1e-9a44-0190e5a87c1b', description: 'The best passage.' })
  readonly neighbourOf!: string;
}

/** What happened to a question between the asking and the passages found: ids and figures, no text of documents. */
export class RetrievalTraceView implements RetrievalTrace {
  @ApiProperty({ type: [TracedQueryView], description: 'The one that was searched for comes first.' })
  readonly queries!: readonly TracedQuery[];

  @ApiProperty({
    enum: TRANSLATIONS,
    type: String,
    nullable: true,
    example: 'no_model',
    description:
      'Into the language of the documents. `unneeded`: they speak that of the question. `no_model`: there is no model that could translate. `failed`: it did not in time. Null where nobody asked for it.',
  })
  readonly translation!: Translation | null;

  @ApiProperty({ enum: SEARCH_MODES, example: 'hybrid' })
  readonly mode!: SearchMode;

  @ApiProperty({ type: 'integer', example: 8, description: 'Most passages that were wanted.' })
  readonly limit!: number;

  @ApiProperty({ type: 'integer', example: 3, description: 'Collections searched.' })
  readonly collections!: number;

  @ApiProperty({ type: [TracedLegView] })
  readonly legs!: readonly TracedLeg[];

  @ApiProperty({ type: 'integer', example: 164, description: 'Passages found by all legs together.' })
  readonly found!: number;

  @ApiProperty({ type: [TracedCandidateView], description: 'The best of them after fusion, best first.' })
  readonly candidates!: readonly TracedCandidate[];

  @ApiProperty({
    type: [TracedNeighbourView],
    description: 'Handed on besides, because they go on where the best passage was cut; none in a plain search.',
  })
  readonly neighbours!: readonly TracedNeighbour[];

  @ApiPropertyOptional({ type: TracedAnswerView, description: 'What an answer makes of them; absent in older traces.' })
  readonly answer?: TracedAnswer;
}
