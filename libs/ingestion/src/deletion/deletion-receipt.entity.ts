import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

export const DELETED_KINDS = ['document', 'collection'] as const;
export type DeletedKind = (typeof DELETED_KINDS)[number];

/** What there was of something deleted, and what was left when its purge was done. It outlives what it is about. */
@Entity('deletion_receipt')
export class DeletionReceiptEntity extends BaseEntity {
  @Column('text')
  kind!: DeletedKind;

  /** The document or collection. */
  @Column('uuid')
  subjectId!: string;

  @Column('uuid')
  collectionId!: string;

  /** Whether what past answers quote went, too. */
  @Column('boolean', { default: false })
  isErasure!: boolean;

  /** Counted when the purge began; null until then. */
  @Column('integer', { nullable: true })
  chunksBefore!: number | null;

  @Column('integer', { nullable: true })
  vectorsBefore!: number | null;

  @Column('integer', { nullable: true })
  filesBefore!: number | null;

  /** Counted anew when the purge was done; null until then. */
  @Column('integer', { nullable: true })
  chunksAfter!: number | null;

  @Column('integer', { nullable: true })
  vectorsAfter!: number | null;

  @Column('integer', { nullable: true })
  filesAfter!: number | null;

  @Column('timestamptz', { nullable: true })
  completedAt!: Date | null;
}
