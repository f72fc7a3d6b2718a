import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { IsMessageContent, type MessageContent } from './message-content';

/** Longer than any name of ours; others are not found anyway. */
export const MAX_MODEL_NAME = 300;
/** Far more than any prompt has room for; only the last ones count. */
const MAX_MESSAGES = 1_000;
const MAX_TEMPERATURE = 2;
/** More than any model writes at once. */
const MAX_ANSWER_TOKENS = 1_000_000;

const ROLES = ['system', 'developer', 'user', 'assistant'] as const;

export class CompletionMessageDto {
  @ApiProperty({
    enum: ROLES,
    example: 'user',
    description: 'What `system` and `developer` say is how to answer; the rules about sources hold all the same.',
  })
  @IsIn(ROLES)
  readonly role!: (typeof ROLES)[number];

  @ApiPropertyOptional({
    oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'object' } }],
    nullable: true,
    example: 'Combien de jours de congés annuels avons-nous ?',
    description: 'A text, or a list of pieces `{type: "text", text}`.',
  })
  @IsMessageContent()
  readonly content?: MessageContent;
}

class StreamOptionsDto {
  @ApiPropertyOptional({ example: true, description: 'One more chunk, the last, tells the tokens.' })
  @IsOptional()
  @IsBoolean()
  readonly include_usage?: boolean | null;
}

/** What is read of a request; of `tools`, `n`, `stop`, `response_format` and others see docs/technical/openai.md. */
export class ChatCompletionDto {
  @ApiProperty({
    example: 'myia',
    description: 'One of `/openai/v1/models`: `myia`, `collection:<id>` or `assistant:<id>`.',
  })
  @IsString()
  @Length(1, MAX_MODEL_NAME)
  readonly model!: string;

  @ApiProperty({
    type: [CompletionMessageDto],
    description: 'The last one of the user is the question; the ones before are the conversation so far.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_MESSAGES)
  @ValidateNested({ each: true })
  @Type(() => CompletionMessageDto)
  readonly messages!: CompletionMessageDto[];

  @ApiPropertyOptional({ example: false, description: 'Server-sent events, one per piece of the answer.' })
  @IsOptional()
  @IsBoolean()
  readonly stream?: boolean | null;

  @ApiPropertyOptional({ type: StreamOptionsDto, nullable: true, example: { include_usage: true } })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => StreamOptionsDto)
  readonly stream_options?: StreamOptionsDto | null;

  @ApiPropertyOptional({ example: 0.2, minimum: 0, maximum: MAX_TEMPERATURE })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(MAX_TEMPERATURE)
  readonly temperature?: number | null;

  @ApiPropertyOptional({ type: 'integer', example: 512, minimum: 1, description: 'Longest answer, in tokens.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ANSWER_TOKENS)
  readonly max_completion_tokens?: number | null;

  @ApiPropertyOptional({ type: 'integer', example: 512, minimum: 1, description: 'The same, by its former name.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ANSWER_TOKENS)
  readonly max_tokens?: number | null;

  @ApiPropertyOptional({
    example: false,
    description: 'Keeps question and answer as a conversation. Without it nothing of what is said is stored.',
  })
  @IsOptional()
  @IsBoolean()
  readonly store?: boolean | null;
}
