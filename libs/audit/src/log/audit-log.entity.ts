import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { AuditOutcome } from '../trail/audit-record';

/** An entry for readers. Never saved: entries are inserted by the trail and sealed by the sealer, both in SQL. */
@Entity('audit_log')
export class AuditLogEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  /** Grows in the order of insertion; a bigint as text. */
  @Column('bigint')
  insertionOrder!: string;

  @Column('text')
  action!: string;

  @Column('text')
  resource!: string;

  @Column('text', { nullable: true })
  resourceId!: string | null;

  @Column('text')
  outcome!: AuditOutcome;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('uuid', { nullable: true })
  sessionId!: string | null;

  @Column('uuid', { nullable: true })
  apiKeyId!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @Column('text')
  requestId!: string;

  @Column('json', { nullable: true })
  before!: object | null;

  @Column('json', { nullable: true })
  after!: object | null;

  @Column('json', { nullable: true })
  details!: object | null;

  /** Which key made {@link proof}. */
  @Column('text', { nullable: true })
  proofKeyId!: string | null;

  /** HMAC of the entry, made with it; null for entries of former versions. */
  @Column('bytea', { nullable: true })
  proof!: Buffer | null;

  /** Place in the chain; a bigint as text, null until it is sealed. */
  @Column('bigint', { nullable: true })
  sequence!: string | null;

  @Column('bytea', { nullable: true })
  previousHash!: Buffer | null;

  @Column('bytea', { nullable: true })
  hash!: Buffer | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  sealedAt!: Date | null;
}
