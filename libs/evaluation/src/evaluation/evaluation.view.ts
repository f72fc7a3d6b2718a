import { ApiProperty } from '@nestjs/swagger';

import { EVALUATION_STATUSES, type EvaluationEntity, type EvaluationStatus } from './evaluation.entity';
import type { EvaluationFigures } from './figures';
import { TuningDto } from './tuning.dto';

const Share = (description: string): PropertyDecorator =>
  ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 1, example: 0.84, description });
const Milliseconds = (): PropertyDecorator => ApiProperty({ example: 42, description: 'Milliseconds.' });

export class EvaluationFiguresView implements EvaluationFigures {
  @ApiProperty({ example: 120 })
  readonly questions!: number;

  @ApiProperty({ example: 100 })
  readonly answerable!: number;

  @Share('Questions whose first passage is right.')
  readonly hitAt1!: number | null;

  @Share('A right passage is among the first five.')
  readonly hitAt5!: number | null;

  @Share('A right passage is among the first ten.')
  readonly hitAt10!: number | null;

  @Share('How well the expected documents are ranked.')
  readonly ndcgAt10!: number | null;

  @Share('Mean of 1 over the place of the first right passage.')
  readonly meanReciprocalRank!: number | null;

  @Share('Citations that lie in an expected document.')
  readonly citationPrecision!: number | null;

  @Share('Answerable questions whose answer holds a gold one.')
  readonly goldContained!: number | null;

  @ApiProperty({ example: 0.78, description: 'Share of the questions that are answered.' })
  readonly coverage!: number;

  @ApiProperty({ example: 0.05, description: 'Share of the answers to questions that the documents do not answer.' })
  readonly risk!: number;

  @Share('How often an answerable question is given more confidence than another.')
  readonly abstentionAuc!: number | null;

  @Share('The confidence from which answering would do best; null with fewer than five questions of either kind.')
  readonly suggestedMinConfidence!: number | null;

  @ApiProperty({ example: 0.1, description: 'Statements of an answer that no source proves, on average.' })
  readonly unsupportedPerAnswer!: number;

  @Milliseconds()
  readonly retrievalMsP50!: number;

  @Milliseconds()
  readonly retrievalMsP95!: number;

  @Milliseconds()
  readonly totalMsP50!: number;

  @Milliseconds()
  readonly totalMsP95!: number;
}

export class EvaluationView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly goldenSetId!: string;

  @ApiProperty({ enum: EVALUATION_STATUSES, example: 'complete' })
  readonly status!: EvaluationStatus;

  @ApiProperty({ type: TuningDto, nullable: true, description: 'What it tried; null: the settings in force.' })
  readonly settings!: TuningDto | null;

  @ApiProperty({ example: 120 })
  readonly questionCount!: number;

  @ApiProperty({ example: 60 })
  readonly doneCount!: number;

  @ApiProperty({ type: EvaluationFiguresView, nullable: true })
  readonly figures!: EvaluationFiguresView | null;

  @ApiProperty({ type: String, nullable: true, example: 'quota.messages_exhausted' })
  readonly failureCode!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly completedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When its settings came into force.' })
  readonly appliedAt!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export class EvaluationComparisonView {
  @ApiProperty({ format: 'uuid' })
  readonly baselineId!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { ndcgAt10: 0.012, risk: -0.02 },
    description: 'Each figure less that of the baseline.',
  })
  readonly difference!: Record<string, number>;

  @ApiProperty({ example: 7 })
  readonly better!: number;

  @ApiProperty({ example: 2 })
  readonly worse!: number;

  @ApiProperty({ example: 111 })
  readonly same!: number;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    example: ['5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10'],
    description: 'Golden questions that fared worse, a hundred at most.',
  })
  readonly worseQuestionIds!: string[];
}

export const toEvaluationView = (evaluation: EvaluationEntity): EvaluationView => ({
  id: evaluation.id,
  organizationId: evaluation.organizationId,
  goldenSetId: evaluation.goldenSetId,
  status: evaluation.status,
  settings: evaluation.settings,
  questionCount: evaluation.questionCount,
  doneCount: evaluation.doneCount,
  figures: evaluation.figures,
  failureCode: evaluation.failureCode,
  completedAt: evaluation.completedAt?.toISOString() ?? null,
  appliedAt: evaluation.appliedAt?.toISOString() ?? null,
  version: evaluation.version,
  createdAt: evaluation.createdAt.toISOString(),
});
