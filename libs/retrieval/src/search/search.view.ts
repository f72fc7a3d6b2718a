import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import type { LegScores } from '../fusion/fuse-legs';
import type { Degradation, SearchHit, SearchResult } from './search-result';

class LegScoresView implements LegScores {
  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.41,
    description: 'Cosine similarity; null when not found so.',
  })
  readonly dense!: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 12.7, description: 'BM25; null when not found so.' })
  readonly lexical!: number | null;
}

class SearchHitView implements SearchHit {
  @ApiProperty({ format: 'uuid', example: '0d3f4f6f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly documentId!: string;

  @ApiProperty({ format: 'uuid', example: '9a446f0d-5a11-5d1e-9a44-0190e5a87c1b' })
  readonly chunkId!: string;

  @ApiProperty({ format: 'uuid', example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly collectionId!: string;

  @ApiProperty({ example: 'Guide des congés' })
  readonly title!: string;

  @ApiPropertyOptional({ example: 4, description: 'Page the passage begins on, for formats that have pages.' })
  readonly page?: number;

  @ApiPropertyOptional({ example: 'Congés exceptionnels > Déménagement' })
  readonly heading?: string;

  @ApiProperty({ example: 1280, description: 'Offsets into the text of /documents/{id}/content.' })
  readonly start!: number;

  @ApiProperty({ example: 1655 })
  readonly end!: number;

  @ApiProperty({ example: 'Un jour de congé est accordé pour un déménagement, une fois par année civile.' })
  readonly text!: string;

  @ApiProperty({ example: 0.93, description: '0..1, comparable inside one answer only.' })
  readonly score!: number;

  @ApiProperty({ type: LegScoresView })
  readonly scores!: LegScores;
}

class DegradationView implements Degradation {
  @ApiProperty({ example: 'vector_store.unavailable' })
  readonly reason!: string;

  @ApiProperty({ example: 'La base vectorielle ne répond pas (unreachable). Réessayez dans un instant.' })
  readonly detail!: string;

  @ApiProperty({ type: [String], format: 'uuid', example: ['6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b'] })
  readonly collectionIds!: readonly string[];
}

export class SearchResultView implements SearchResult {
  @ApiProperty({ type: [SearchHitView], description: 'Best first.' })
  readonly hits!: readonly SearchHit[];

  @ApiPropertyOptional({
    example: 'vector_store.unavailable',
    description: 'Present when part was searched by words only.',
  })
  readonly degraded?: string;

  @ApiPropertyOptional({ type: [DegradationView] })
  readonly degradations?: readonly Degradation[];
}
