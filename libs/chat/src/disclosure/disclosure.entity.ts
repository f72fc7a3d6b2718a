import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** A private conversation, opened to one administrator for a time and a reason. */
@Entity('disclosure')
export class DisclosureEntity extends BaseEntity {
  /** Stays when the conversation is gone. */
  @Column('uuid')
  conversationId!: string;

  /** Whose conversation it is: who is told. */
  @Column('uuid')
  ownerId!: string;

  @Column('uuid')
  openedBy!: string;

  @Column('text')
  reason!: string;

  @Column('timestamptz')
  expiresAt!: Date;

  /** Set when it was closed before its time. */
  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}
