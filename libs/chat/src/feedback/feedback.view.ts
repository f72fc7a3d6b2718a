import { ApiProperty } from '@nestjs/swagger';

import { FEEDBACK_REASONS, RATINGS, type FeedbackReason, type Rating } from '../message/message.entity';
import { FEEDBACK_STATUSES, type FeedbackEntity, type FeedbackStatus } from './feedback.entity';

/** Feedback as administrators see it. The answer it is about stays sealed. */
export class AdminFeedbackView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly messageId!: string;

  @ApiProperty({ format: 'uuid', description: 'Who gave it.' })
  readonly userId!: string;

  @ApiProperty({ enum: RATINGS, example: 'down' })
  readonly rating!: Rating;

  @ApiProperty({ enum: FEEDBACK_REASONS, isArray: true, example: ['outdated'] })
  readonly reasons!: readonly FeedbackReason[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Le barème cité est celui de l’an dernier.',
    description: 'Written by the user for administrators.',
  })
  readonly comment!: string | null;

  @ApiProperty({ enum: FEEDBACK_STATUSES, example: 'new' })
  readonly status!: FeedbackStatus;

  @ApiProperty({ type: String, nullable: true, example: 'Barème remplacé le 3 février.' })
  readonly note!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export const toAdminFeedbackView = ({ createdAt, updatedAt, ...feedback }: FeedbackEntity): AdminFeedbackView => ({
  id: feedback.id,
  organizationId: feedback.organizationId,
  messageId: feedback.messageId,
  userId: feedback.userId,
  rating: feedback.rating,
  reasons: feedback.reasons,
  comment: feedback.comment,
  status: feedback.status,
  note: feedback.note,
  version: feedback.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
