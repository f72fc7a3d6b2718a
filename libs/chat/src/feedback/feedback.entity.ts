import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

import type { FeedbackReason, Rating } from '../message/message.entity';

export const FEEDBACK_STATUSES = ['new', 'seen', 'resolved'] as const;
export type FeedbackStatus = (typeof FEEDBACK_STATUSES)[number];

/** What somebody thinks of an answer, and what administrators made of it. One per answer. */
@Entity('feedback')
export class FeedbackEntity extends BaseEntity {
  @Column('uuid')
  messageId!: string;

  @Column('uuid')
  userId!: string;

  @Column('text')
  rating!: Rating;

  @Column('text', { array: true, default: [] })
  reasons!: FeedbackReason[];

  @Column('text', { nullable: true })
  comment!: string | null;

  @Column('text', { default: 'new' })
  status!: FeedbackStatus;

  /** Of the administrators, for themselves. */
  @Column('text', { nullable: true })
  note!: string | null;
}
