import { Column, Entity, PrimaryColumn } from 'typeorm';

/** As pg-boss names them; a job that `retry`s waits for its next attempt. */
export const JOB_STATES = ['created', 'retry', 'active', 'completed', 'cancelled', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job of the queue, for readers: a view over the tables of pg-boss, made by the migrations. Never saved. */
@Entity('job_overview', { synchronize: false })
export class JobEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Null for the platform's own work. */
  @Column('uuid', { nullable: true })
  organizationId!: string | null;

  @Column('text')
  queue!: string;

  @Column('text')
  state!: JobState;

  @Column('text', { nullable: true })
  kind!: string | null;

  @Column('text', { nullable: true })
  subjectType!: string | null;

  @Column('text', { nullable: true })
  subjectId!: string | null;

  @Column('integer')
  attempts!: number;

  @Column('integer')
  maxAttempts!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  dueAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  completedAt!: Date | null;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('jsonb', { nullable: true })
  result!: object | null;
}
