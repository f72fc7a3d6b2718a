import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

import { isConsistent, type ConsistencyReport } from './consistency-report';

/** As many as a person can look at; `npm run cli -- consistency` names each. */
const NAMED = 100;

const ids = (description: string): ApiPropertyOptions => ({
  type: String,
  isArray: true,
  maxItems: NAMED,
  example: ['0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10'],
  description,
});

/** Whether SQL, vectors and files agree, and where they do not. */
export class ConsistencyView {
  @ApiProperty({ example: true })
  readonly isConsistent!: boolean;

  @ApiProperty({ type: 'integer', example: 12 })
  readonly collections!: number;

  @ApiProperty({ type: 'integer', example: 340 })
  readonly documents!: number;

  @ApiProperty({ type: 'integer', example: 41_200, description: 'Passages that can be found, in SQL.' })
  readonly chunks!: number;

  @ApiProperty({ type: 'integer', example: 41_200, description: 'In the vector store.' })
  readonly vectors!: number;

  @ApiProperty(ids('Ready documents that lack passages or vectors.'))
  readonly incompleteDocuments!: readonly string[];

  @ApiProperty({ type: 'integer', example: 0, description: 'Vectors no passage leads to.' })
  readonly orphanVectors!: number;

  @ApiProperty({ type: 'integer', example: 0, description: 'Sets of vectors that no collection has.' })
  readonly orphanSpaces!: number;

  @ApiProperty(ids('Documents with passages of a former state.'))
  readonly documentsWithLeftovers!: readonly string[];

  @ApiProperty(ids('Documents whose original is missing.'))
  readonly documentsWithoutFile!: readonly string[];

  @ApiProperty({ type: 'integer', example: 0, description: 'Files no document leads to.' })
  readonly orphanFiles!: number;
}

export const toConsistencyView = (report: ConsistencyReport): ConsistencyView => ({
  isConsistent: isConsistent(report),
  collections: report.collections,
  documents: report.documents,
  chunks: report.chunks,
  vectors: report.vectors,
  incompleteDocuments: report.incompleteDocuments.slice(0, NAMED),
  orphanVectors: Object.values(report.orphanVectors).reduce((sum, number) => sum + number, 0),
  orphanSpaces: report.orphanSpaces.length,
  documentsWithLeftovers: report.documentsWithLeftovers.slice(0, NAMED),
  documentsWithoutFile: report.documentsWithoutFile.slice(0, NAMED),
  orphanFiles: report.orphanFiles.length,
});
