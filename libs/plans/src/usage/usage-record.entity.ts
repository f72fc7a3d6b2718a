import { Column, Entity, PrimaryColumn } from 'typeorm';

import { textAsNumber } from '#libs/database';

/** What a model was used for. */
export const USAGE_KINDS = ['chat', 'embedding', 'transcription'] as const;
export type UsageKind = (typeof USAGE_KINDS)[number];

/** What one person used of one model on one day. Written by {@link UsageMeter} alone. */
@Entity('usage_record')
export class UsageRecordEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  organizationId!: string;

  /** Null when nobody asked for it. Stays when the account is gone: an id and nothing else. */
  @Column('uuid', { nullable: true })
  userId!: string | null;

  @Column('text')
  kind!: UsageKind;

  @Column('text')
  provider!: string;

  @Column('text')
  model!: string;

  /** Of UTC, as `2026-01-31`. */
  @Column('date')
  day!: string;

  /** Answers, or documents that were embedded. */
  @Column('bigint', { transformer: textAsNumber })
  requests!: number;

  @Column('bigint', { transformer: textAsNumber })
  promptTokens!: number;

  @Column('bigint', { transformer: textAsNumber })
  completionTokens!: number;

  /** Of speech. */
  @Column('numeric', { precision: 14, scale: 3, transformer: textAsNumber })
  seconds!: number;

  /** In the currency of the installation, by the prices of the moment it was used. */
  @Column('numeric', { precision: 18, scale: 9, transformer: textAsNumber })
  cost!: number;
}
