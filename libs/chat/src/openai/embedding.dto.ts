import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateBy } from 'class-validator';

import { MAX_MODEL_NAME } from './chat-completion.dto';

/** As the OpenAI API: texts of one request. */
const MAX_TEXTS = 2_048;
/** Characters of one text; no embedding model reads more. */
const MAX_TEXT = 32_000;
const MAX_DIMENSIONS = 100_000;

const ENCODINGS = ['float', 'base64'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const PURPOSES = ['document', 'passage', 'query'] as const;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT;

const isInput = (value: unknown): boolean =>
  isText(value) || (Array.isArray(value) && value.length > 0 && value.length <= MAX_TEXTS && value.every(isText));

const IsEmbeddingInput = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEmbeddingInput',
    constraints: [MAX_TEXT, MAX_TEXTS],
    validator: { validate: isInput },
  });

export class EmbeddingDto {
  @ApiProperty({
    example: 'builtin:hashed-ngrams-v1',
    description: 'The embedding model of the installation, as `/openai/v1/models` names it.',
  })
  @IsString()
  @Length(1, MAX_MODEL_NAME)
  readonly model!: string;

  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    example: ['Combien de jours de congés ?'],
    description: `A text, or up to ${MAX_TEXTS}; no tokens.`,
  })
  @IsEmbeddingInput()
  readonly input!: string | readonly string[];

  @ApiPropertyOptional({
    enum: ENCODINGS,
    example: 'float',
    description: 'As numbers, or as base64 of 32-bit floats, the least significant byte first.',
  })
  @IsOptional()
  @IsIn(ENCODINGS)
  readonly encoding_format?: Encoding | null;

  @ApiPropertyOptional({
    type: 'integer',
    example: 768,
    description: 'Refused unless it is what the model returns anyway.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_DIMENSIONS)
  readonly dimensions?: number | null;

  @ApiPropertyOptional({
    enum: PURPOSES,
    example: 'query',
    description: 'Beyond the contract of OpenAI: models for retrieval embed questions otherwise than passages.',
  })
  @IsOptional()
  @IsIn(PURPOSES)
  readonly input_type?: (typeof PURPOSES)[number] | null;
}
