import { ApiProperty } from '@nestjs/swagger';

import type { ChunkEntity } from './chunk.entity';

/** Where a page's text lies in the content. */
export class PageView {
  @ApiProperty({ example: 1, description: 'Counted from 1, as a reader does.' })
  readonly page!: number;

  @ApiProperty({ example: 0 })
  readonly start!: number;

  @ApiProperty({ example: 2_874 })
  readonly end!: number;
}

/** The extracted text that every offset refers to, in UTF-16 code units. */
export class DocumentContentView {
  @ApiProperty({ format: 'uuid' })
  readonly documentId!: string;

  @ApiProperty({ example: 'Guide de l’intégrateur\n\nCe guide décrit...' })
  readonly text!: string;

  @ApiProperty({ type: [PageView], description: 'Empty for formats without pages.' })
  readonly pages!: readonly PageView[];
}

/** A passage that can be found and cited: `content.text.slice(start, end) === text`. */
export class ChunkView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 0, description: 'Place in the document.' })
  readonly ordinal!: number;

  @ApiProperty({ example: 120 })
  readonly start!: number;

  @ApiProperty({ example: 1_984 })
  readonly end!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 3 })
  readonly page!: number | null;

  @ApiProperty({ type: [String], example: ['Installation', 'Prérequis'] })
  readonly headingPath!: readonly string[];

  @ApiProperty({ example: 'Le serveur demande...' })
  readonly text!: string;

  @ApiProperty({ example: 412 })
  readonly tokenCount!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'What is searched in place of the text, when somebody has corrected it.',
  })
  readonly searchText!: string | null;

  @ApiProperty({ example: false, description: 'No search and no answer uses it.' })
  readonly disabled!: boolean;
}

export const toChunkView = (chunk: ChunkEntity): ChunkView => ({
  id: chunk.id,
  ordinal: chunk.ordinal,
  start: chunk.startOffset,
  end: chunk.endOffset,
  page: chunk.page,
  headingPath: chunk.headingPath,
  text: chunk.text,
  tokenCount: chunk.tokenCount,
  searchText: chunk.searchText,
  disabled: chunk.isDisabled,
});
