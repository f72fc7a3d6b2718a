import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';

import { BulkIds } from '#libs/crud';
import { IsOmittable } from '#libs/http';

import { FeedbackDto } from '../message/message.dto';
import { FEEDBACK_STATUSES, type FeedbackStatus } from './feedback.entity';

const NOTE_LENGTH = 2_000;

export class CreateFeedbackDto extends FeedbackDto {
  @ApiProperty({ format: 'uuid', description: 'An answer nobody has rated yet.' })
  @IsUUID()
  readonly messageId!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: NOTE_LENGTH, example: 'Reçu par téléphone.' })
  @IsOptional()
  @MaxLength(NOTE_LENGTH)
  readonly note?: string | null;
}

export class UpdateFeedbackDto {
  @ApiPropertyOptional({ enum: FEEDBACK_STATUSES, example: 'resolved' })
  @IsOmittable()
  @IsIn(FEEDBACK_STATUSES)
  readonly status?: FeedbackStatus;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: NOTE_LENGTH, example: 'Barème remplacé.' })
  @IsOptional()
  @MaxLength(NOTE_LENGTH)
  readonly note?: string | null;
}

const BULK_ACTIONS = ['resolve', 'delete'] as const;
export type FeedbackAction = (typeof BULK_ACTIONS)[number];

export class BulkFeedbackDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: FeedbackAction;

  @BulkIds()
  readonly ids!: string[];
}
