import { ApiProperty } from '@nestjs/swagger';

import { JOB_STATES, type JobEntity, type JobState } from './job.entity';

const UUID = '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b';
const TIME = '2026-01-15T09:30:00.000Z';
const nullableText = (example: string) => ({ type: String, nullable: true, example }) as const;
const nullableTime = { type: String, format: 'date-time', nullable: true, example: TIME } as const;

/** Work in the background: what it is about and how it fares, never the texts and addresses it works on. */
export class JobView {
  @ApiProperty({ format: 'uuid', example: UUID })
  readonly id!: string;

  @ApiProperty({ ...nullableText(UUID), format: 'uuid', description: 'Null for the platform’s own work.' })
  readonly organizationId!: string | null;

  @ApiProperty({ example: 'ingest-document' })
  readonly queue!: string;

  @ApiProperty({ enum: JOB_STATES, example: 'failed', description: '`created` and `retry` wait.' })
  readonly state!: JobState;

  @ApiProperty({ ...nullableText('reindex_collection'), description: 'Which of the kinds an administrator may start.' })
  readonly kind!: string | null;

  @ApiProperty(nullableText('document'))
  readonly subjectType!: string | null;

  @ApiProperty(nullableText(UUID))
  readonly subjectId!: string | null;

  @ApiProperty({ example: 2, description: 'Begun so far.' })
  readonly attempts!: number;

  @ApiProperty({ example: 9 })
  readonly maxAttempts!: number;

  @ApiProperty({ format: 'date-time', example: TIME })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: TIME, description: 'Not begun before.' })
  readonly dueAt!: string;

  @ApiProperty(nullableTime)
  readonly startedAt!: string | null;

  @ApiProperty(nullableTime)
  readonly completedAt!: string | null;

  @ApiProperty({ ...nullableText('llm.unavailable'), description: 'Code or class of the last failure, not its text.' })
  readonly failureCode!: string | null;

  @ApiProperty({
    type: Object,
    additionalProperties: true,
    nullable: true,
    example: { documents: 12 },
    description: 'What a job that an administrator started has found or done.',
  })
  readonly result!: object | null;
}

export const toJobView = ({ createdAt, dueAt, startedAt, completedAt, ...job }: JobEntity): JobView => ({
  id: job.id,
  organizationId: job.organizationId,
  queue: job.queue,
  state: job.state,
  kind: job.kind,
  subjectType: job.subjectType,
  subjectId: job.subjectId,
  attempts: job.attempts,
  maxAttempts: job.maxAttempts,
  createdAt: createdAt.toISOString(),
  dueAt: dueAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  completedAt: completedAt?.toISOString() ?? null,
  failureCode: job.failureCode,
  result: job.result,
});
