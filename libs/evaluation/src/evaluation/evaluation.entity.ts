import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

import type { EvaluationFigures } from './figures';
import type { TuningDto } from './tuning.dto';

/** `waiting` for its job, `running`, then `complete` or `failed` with a reason. */
export const EVALUATION_STATUSES = ['waiting', 'running', 'complete', 'failed'] as const;
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];

/** Every question of a golden set asked once, and how the answers fared. */
@Entity('evaluation')
export class EvaluationEntity extends BaseEntity {
  @Column('uuid')
  goldenSetId!: string;

  /** With whose eyes the documents are searched; null when the account is gone. */
  @Column('uuid', { nullable: true })
  requestedBy!: string | null;

  @Column('text')
  status!: EvaluationStatus;

  /** What it tries in place of the settings in force; null: those in force. */
  @Column('jsonb', { nullable: true })
  settings!: TuningDto | null;

  @Column('integer')
  questionCount!: number;

  @Column('integer')
  doneCount!: number;

  @Column('jsonb', { nullable: true })
  figures!: EvaluationFigures | null;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  completedAt!: Date | null;

  /** When its settings came into force. */
  @Column('timestamptz', { nullable: true })
  appliedAt!: Date | null;
}
