import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

import { NOT_PROPOSED } from '#libs/crud';
import { IsIdList, IsOmittable } from '#libs/http';

import { MAX_COLLECTIONS } from '../conversation/conversation.dto';
import { FEEDBACK_REASONS, RATINGS, type FeedbackReason } from './message.entity';

/** A page of text: longer material belongs into a document. */
export const MAX_QUESTION = 8_000;
/** More than anybody ticks. */
const MAX_REASONS = 8;
/** White space alone asks nothing. */
const HAS_TEXT = /\S/u;

export class AskDto {
  @ApiProperty({ example: 'Combien de jours de congés annuels avons-nous ?', minLength: 1, maxLength: MAX_QUESTION })
  @IsString()
  @Length(1, MAX_QUESTION)
  @Matches(HAS_TEXT)
  readonly content!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The answer it follows: absent for the newest one, null to begin a new branch.',
  })
  @IsOptional()
  @IsUUID()
  readonly parentId?: string | null;

  @ApiPropertyOptional({
    example: false,
    description:
      'Whether what the model wrote within the hour to the very same prompt will do: same question, history, rights and documents. As the assistant has it when absent.',
    ...{ [NOT_PROPOSED]: true },
  })
  @IsOmittable()
  @IsBoolean()
  readonly reuse?: boolean;
}

export class EditDto extends PickType(AskDto, ['content']) {}

export class ChatDto {
  @ApiProperty({ example: 'Combien de jours de congés annuels avons-nous ?', minLength: 1, maxLength: MAX_QUESTION })
  @IsString()
  @Length(1, MAX_QUESTION)
  @Matches(HAS_TEXT)
  readonly message!: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    example: ['6f1c7b51-8f0e-4d5a-9c53-1f4f0f6c2b10'],
    description: 'Collections to answer from; all readable ones, or the conversation’s, when absent.',
  })
  @IsOmittable()
  @IsIdList(MAX_COLLECTIONS)
  readonly collectionIds?: string[];

  @ApiPropertyOptional({
    format: 'uuid',
    example: '0a4f2a0e-6df4-4f43-8a55-5d5b4d7d9a01',
    description: 'Goes on with this conversation; a new one is made when absent.',
  })
  @IsOmittable()
  @IsUUID()
  readonly conversationId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '6a5f1f5d-2a57-4f0e-8a5d-0d9a1e3b7c20',
    description: 'Assistant of the conversation that is made; not together with `conversationId`.',
    ...{ [NOT_PROPOSED]: true },
  })
  @IsOmittable()
  @IsUUID()
  readonly assistantId?: string;

  @ApiPropertyOptional({
    example: false,
    description:
      'Whether what the model wrote within the hour to the very same prompt will do: same question, history, rights and documents. As the assistant has it when absent.',
    ...{ [NOT_PROPOSED]: true },
  })
  @IsOmittable()
  @IsBoolean()
  readonly reuse?: boolean;
}

export class FeedbackDto {
  @ApiProperty({ enum: RATINGS, example: 'up' })
  @IsIn(RATINGS)
  readonly rating!: (typeof RATINGS)[number];

  @ApiPropertyOptional({
    enum: FEEDBACK_REASONS,
    isArray: true,
    maxItems: MAX_REASONS,
    example: ['well_sourced'],
    description: 'What is good or bad about it.',
  })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(MAX_REASONS)
  @ArrayUnique()
  @IsIn(FEEDBACK_REASONS, { each: true })
  readonly reasons?: FeedbackReason[];

  @ApiPropertyOptional({ example: 'Réponse exacte.', maxLength: 2000 })
  @IsOmittable()
  @IsString()
  @MaxLength(2000)
  readonly comment?: string;
}
