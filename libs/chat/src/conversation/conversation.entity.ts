import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** Who gave a conversation its title. */
export const TITLE_GIVERS = ['nobody', 'question', 'model', 'user'] as const;
export type TitleGiver = (typeof TITLE_GIVERS)[number];

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

  /** One of its owner's; null outside any. */
  @Column('uuid', { nullable: true })
  folderId!: string | null;

  @Column('boolean', { default: false })
  pinned!: boolean;

  @Column('boolean', { default: false })
  archived!: boolean;

  /** What its user gave is never overwritten. */
  @Column('text', { default: 'user' })
  titledBy!: TitleGiver;
}
