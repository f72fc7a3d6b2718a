import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

import { IsOmittable } from '#libs/http';

/** What a question and what is expected of it may hold, for imports too. */
export const GOLDEN_LIMITS = { question: 2_000, documents: 20, passage: 2_000, answers: 20, answer: 500 } as const;

export class CreateGoldenQuestionDto {
  @ApiProperty({ format: 'uuid', example: '5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10' })
  @IsUUID()
  readonly goldenSetId!: string;

  @ApiProperty({ example: 'Combien de jours de congés par an ?', minLength: 1, maxLength: GOLDEN_LIMITS.question })
  @IsString()
  @Length(1, GOLDEN_LIMITS.question)
  @Matches(/\S/)
  readonly question!: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: GOLDEN_LIMITS.documents,
    example: ['b1f0c1de-4d1c-4a9e-9d58-4f5a3f0a7c11'],
    description: 'Documents that answer; any of them is right to find.',
  })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(GOLDEN_LIMITS.documents)
  @IsUUID('all', { each: true })
  readonly expectedDocumentIds?: string[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: GOLDEN_LIMITS.passage,
    example: 'Les congés annuels sont de 25 jours',
    description: 'Words that the right passage holds.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(GOLDEN_LIMITS.passage)
  readonly expectedPassage?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: GOLDEN_LIMITS.answers,
    example: ['25 jours'],
    description: 'Words that a right answer holds; any of these.',
  })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(GOLDEN_LIMITS.answers)
  @IsString({ each: true })
  @Length(1, GOLDEN_LIMITS.answer, { each: true })
  readonly expectedAnswers?: string[];

  @ApiPropertyOptional({ example: true, default: true, description: 'False: the documents do not say.' })
  @IsOmittable()
  @IsBoolean()
  readonly answerable?: boolean;
}

export class UpdateGoldenQuestionDto extends PartialType(OmitType(CreateGoldenQuestionDto, ['goldenSetId'] as const), {
  skipNullProperties: false,
}) {}

export class PromoteFeedbackDto {
  @ApiProperty({ format: 'uuid', example: '5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10' })
  @IsUUID()
  readonly goldenSetId!: string;

  @ApiProperty({ format: 'uuid', example: '2f1a7c9d-0a1c-4e1f-8f53-3a1b6e0c7d22' })
  @IsUUID()
  readonly feedbackId!: string;

  @ApiPropertyOptional({ type: [String], maxItems: GOLDEN_LIMITS.answers, example: ['25 jours'] })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(GOLDEN_LIMITS.answers)
  @IsString({ each: true })
  @Length(1, GOLDEN_LIMITS.answer, { each: true })
  readonly expectedAnswers?: string[];
}
