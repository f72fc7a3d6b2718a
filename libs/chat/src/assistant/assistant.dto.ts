import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

import { AdministeredDto, BulkIds } from '#libs/crud';
import { IsIdList, IsOmittable } from '#libs/http';

import { MAX_COLLECTIONS } from '../conversation/conversation.dto';

const [NAME, DESCRIPTION, INSTRUCTIONS, WELCOME, SUGGESTION, MODEL] = [120, 500, 4_000, 1_000, 200, 220] as const;
const MAX_SUGGESTIONS = 6;
const MAX_GROUPS = 100;
/** Below, no sentence with its citation fits. */
const MIN_ANSWER_TOKENS = 32;
/** Ten pages. */
const MAX_ANSWER_TOKENS = 8_192;

const Text = (maximum: number, example: string, description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: maximum, example, description }),
    IsOmittable(),
    IsString(),
    MaxLength(maximum),
  );

const Questions = (example: string, description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: MAX_SUGGESTIONS, example: [example], description }),
    IsOmittable(),
    IsArray(),
    ArrayMaxSize(MAX_SUGGESTIONS),
    IsString({ each: true }),
    Length(1, SUGGESTION, { each: true }),
  );

export class CreateAssistantDto extends AdministeredDto {
  @ApiProperty({ example: 'Questions RH', minLength: 1, maxLength: NAME })
  @IsString()
  @Length(1, NAME)
  readonly name!: string;

  @Text(DESCRIPTION, 'Congés, absences, notes de frais.', 'Shown in lists.')
  readonly description?: string;

  @Text(
    INSTRUCTIONS,
    'Vouvoie. Nomme le service compétent à la fin.',
    'Told to the model beside the rules of the product, which they cannot change. Users do not see them.',
  )
  readonly instructions?: string;

  @Text(WELCOME, 'Bonjour, que voulez-vous savoir de vos congés ?', 'Shown before the first question.')
  readonly welcome?: string;

  @Questions('Combien de jours de congés avons-nous ?', 'Questions to begin with.')
  readonly suggestions?: string[];

  @Questions(
    'How many days of leave do we have?',
    'The same for those who read English; none: `suggestions` for everybody.',
  )
  readonly suggestionsEn?: string[];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    nullable: true,
    maxItems: MAX_COLLECTIONS,
    example: null,
    description:
      'What answers rest on unless the conversation names something else; never more than the asker may read.',
  })
  @IsOptional()
  @IsIdList(MAX_COLLECTIONS)
  readonly collectionIds?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: MAX_GROUPS,
    example: [],
    description: 'Whose members may use it; empty for everybody of the organization.',
  })
  @IsOmittable()
  @IsIdList(MAX_GROUPS)
  readonly groupIds?: string[];

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0, maximum: 2, example: 0.2 })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  readonly temperature?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: MIN_ANSWER_TOKENS,
    maximum: MAX_ANSWER_TOKENS,
    example: 512,
    description: 'Longest answer in tokens; null for as long as the model likes.',
  })
  @IsOptional()
  @IsInt()
  @Min(MIN_ANSWER_TOKENS)
  @Max(MAX_ANSWER_TOKENS)
  readonly maxAnswerTokens?: number | null;

  @ApiPropertyOptional({
    default: false,
    example: false,
    description: 'Tells the model what whoever asks said of himself (`/me/profile`), as data between fences.',
  })
  @IsOmittable()
  @IsBoolean()
  readonly usesProfile?: boolean;

  @ApiPropertyOptional({
    default: false,
    example: false,
    description:
      'Takes again what the model wrote within the hour to the very same prompt: same question, history, rights and documents.',
  })
  @IsOmittable()
  @IsBoolean()
  readonly reusesAnswers?: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MODEL,
    example: 'ollama:mistral',
    description: 'Which model answers, one of GET /models; null for that of the organization.',
  })
  @IsOptional()
  @IsString()
  @Length(1, MODEL)
  readonly model?: string | null;

  @ApiPropertyOptional({ default: true })
  @IsOmittable()
  @IsBoolean()
  readonly enabled?: boolean;
}

export class UpdateAssistantDto extends PartialType(OmitType(CreateAssistantDto, ['organizationId']), {
  skipNullProperties: false,
}) {}

const BULK_ACTIONS = ['enable', 'disable', 'delete'] as const;
export type AssistantAction = (typeof BULK_ACTIONS)[number];

export class BulkAssistantsDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: AssistantAction;

  @BulkIds()
  readonly ids!: string[];
}
