import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** A line of questions and answers; only its owner sees it. */
@Entity('conversation')
export class ConversationEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  /** Empty until the first question gives it one. */
  @Column('text')
  title!: string;

  /** Collections its answers rest on; null for all the owner may read. */
  @Column('uuid', { array: true, nullable: true })
  collectionIds!: string[] | null;

  @Column('uuid', { nullable: true })
  assistantId!: string | null;
}
