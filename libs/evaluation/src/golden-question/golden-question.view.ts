import { ApiProperty } from '@nestjs/swagger';

import { ORIGINS, type GoldenQuestionEntity, type Origin } from './golden-question.entity';

export class GoldenQuestionView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly goldenSetId!: string;

  @ApiProperty({ example: 'Combien de jours de congés par an ?' })
  readonly question!: string;

  @ApiProperty({ example: 'fr' })
  readonly language!: string;

  @ApiProperty({ type: [String], format: 'uuid', example: ['b1f0c1de-4d1c-4a9e-9d58-4f5a3f0a7c11'] })
  readonly expectedDocumentIds!: string[];

  @ApiProperty({ type: String, nullable: true, example: 'Les congés annuels sont de 25 jours' })
  readonly expectedPassage!: string | null;

  @ApiProperty({ type: [String], example: ['25 jours'] })
  readonly expectedAnswers!: string[];

  @ApiProperty({ example: true, description: 'False: the documents do not say, and an answer would be wrong.' })
  readonly answerable!: boolean;

  @ApiProperty({ enum: ORIGINS, example: 'entered' })
  readonly origin!: Origin;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

/** What became of an import. */
export class ImportResultView {
  @ApiProperty({ example: 120 })
  readonly imported!: number;

  @ApiProperty({ example: 2, description: 'Answerable questions of which no document was found here; left out.' })
  readonly withoutDocument!: number;
}

export const toGoldenQuestionView = (question: GoldenQuestionEntity): GoldenQuestionView => ({
  id: question.id,
  organizationId: question.organizationId,
  goldenSetId: question.goldenSetId,
  question: question.question,
  language: question.language,
  expectedDocumentIds: question.expectedDocumentIds,
  expectedPassage: question.expectedPassage,
  expectedAnswers: question.expectedAnswers,
  answerable: question.answerable,
  origin: question.origin,
  version: question.version,
  createdAt: question.createdAt.toISOString(),
  updatedAt: question.updatedAt.toISOString(),
});
