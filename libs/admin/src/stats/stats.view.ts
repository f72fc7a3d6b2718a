import { ApiProperty } from '@nestjs/swagger';

const RATE = { type: Number, nullable: true, example: 0.02, description: '0 to 1; null without answers.' } as const;
const nullableNumber = (example: number, description: string) =>
  ({ type: Number, nullable: true, example, description }) as const;

export class UserFiguresView {
  @ApiProperty({ example: 42, description: 'Accounts that were not erased.' })
  readonly total!: number;

  @ApiProperty({ example: 31, description: 'Who asked something in the period.' })
  readonly active!: number;

  @ApiProperty({ example: 4, description: 'Accounts made in the period.' })
  readonly new!: number;
}

export class DocumentsByStatusView {
  @ApiProperty({ example: 'ready' })
  readonly status!: string;

  @ApiProperty({ example: 1200 })
  readonly documents!: number;

  @ApiProperty({ example: 734003200 })
  readonly bytes!: number;
}

export class DocumentFiguresView {
  @ApiProperty({ example: 1210 })
  readonly total!: number;

  @ApiProperty({ example: 734103200, description: 'Of the originals.' })
  readonly bytes!: number;

  @ApiProperty({ example: 50210, description: 'One per live passage.' })
  readonly vectors!: number;

  @ApiProperty({ type: [DocumentsByStatusView] })
  readonly byStatus!: DocumentsByStatusView[];
}

export class AnswerFiguresView {
  @ApiProperty({ example: 120 })
  readonly questions!: number;

  @ApiProperty({ example: 119, description: 'Finished, stopped or failed.' })
  readonly answers!: number;

  @ApiProperty({ example: 2 })
  readonly failed!: number;

  @ApiProperty({ example: 9, description: 'Answers that say the documents hold none.' })
  readonly abstained!: number;

  @ApiProperty(RATE)
  readonly errorRate!: number | null;

  @ApiProperty(RATE)
  readonly abstentionRate!: number | null;

  @ApiProperty({ example: 180000, description: 'Of answers.' })
  readonly promptTokens!: number;

  @ApiProperty({ example: 24000 })
  readonly completionTokens!: number;

  @ApiProperty({
    example: 1.25,
    description: 'Of all use of models, by the price table, in the currency of the installation.',
  })
  readonly cost!: number;
}

export class DayFiguresView extends AnswerFiguresView {
  @ApiProperty({ format: 'date', example: '2026-01-15' })
  readonly day!: string;
}

export class SlowQuestionView {
  @ApiProperty({ format: 'uuid', example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b', description: 'The answer.' })
  readonly messageId!: string;

  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly conversationId!: string;

  @ApiProperty({ type: String, nullable: true, example: 'mistral:7b' })
  readonly model!: string | null;

  @ApiProperty({ example: 8200 })
  readonly totalMs!: number;

  @ApiProperty(nullableNumber(120, 'Of it, finding the passages.'))
  readonly retrievalMs!: number | null;

  @ApiProperty(nullableNumber(900, 'Until the first token.'))
  readonly firstTokenMs!: number | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;
}

export class SlowStatementView {
  @ApiProperty({
    example: 'SELECT c.id FROM collection c WHERE c.organization_id = $1',
    description: 'Without values.',
  })
  readonly statement!: string;

  @ApiProperty({ example: 5120 })
  readonly calls!: number;

  @ApiProperty({ example: 2.4 })
  readonly meanMs!: number;

  @ApiProperty({ example: 12288 })
  readonly totalMs!: number;
}

export class SlowStatementsView {
  @ApiProperty({ example: true, description: 'False where PostgreSQL does not keep them.' })
  readonly available!: boolean;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why they are not available.' })
  readonly reason!: string | null;

  @ApiProperty({ type: [SlowStatementView] })
  readonly statements!: SlowStatementView[];
}

export class QueueFiguresView {
  @ApiProperty({ example: 'ingest-document' })
  readonly queue!: string;

  @ApiProperty({ example: 3 })
  readonly waiting!: number;

  @ApiProperty({ example: 2 })
  readonly active!: number;

  @ApiProperty({ example: 0 })
  readonly failed!: number;
}

/** How an organization fares, or all of them. */
export class StatsView {
  @ApiProperty({ format: 'date', example: '2026-01-01' })
  readonly from!: string;

  @ApiProperty({ format: 'date', example: '2026-01-30' })
  readonly to!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null, description: 'Null: all of them.' })
  readonly organizationId!: string | null;

  @ApiProperty({ type: UserFiguresView })
  readonly users!: UserFiguresView;

  @ApiProperty({ type: DocumentFiguresView })
  readonly documents!: DocumentFiguresView;

  @ApiProperty({ type: AnswerFiguresView, description: 'Of the whole period.' })
  readonly messages!: AnswerFiguresView;

  @ApiProperty({ type: [DayFiguresView], description: 'One per day of the period, UTC, empty ones too.' })
  readonly days!: DayFiguresView[];

  @ApiProperty({ type: [SlowQuestionView], description: 'Never what was asked.' })
  readonly slowestQuestions!: SlowQuestionView[];

  @ApiProperty({ type: SlowStatementsView, description: 'For superusers who ask about all organizations.' })
  readonly slowestStatements!: SlowStatementsView;

  @ApiProperty(
    nullableNumber(1073741824, 'Size of the database; null unless a superuser asks about all organizations.'),
  )
  readonly databaseBytes!: number | null;

  @ApiProperty({ type: [QueueFiguresView] })
  readonly queues!: QueueFiguresView[];
}
