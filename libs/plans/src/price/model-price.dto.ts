import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsString, Length, Max, Min } from 'class-validator';

import { IsOmittable, IsTimestamp, MaxDecimals } from '#libs/http';

/** A thousand times the dearest model of 2026, and exact with six decimals. */
const MAX_PRICE = 1_000_000;

const Price = (description: string, example: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ description, example, minimum: 0, maximum: MAX_PRICE, default: 0 }),
    IsOmittable(),
    MaxDecimals(6),
    Min(0),
    Max(MAX_PRICE),
  );

export class CreateModelPriceDto {
  @ApiProperty({ example: 'openai', description: 'As answers and `/admin/usage` name it.', maxLength: 60 })
  @IsString()
  @Length(1, 60)
  readonly provider!: string;

  @ApiProperty({ example: 'gpt-4o-mini', maxLength: 200 })
  @IsString()
  @Length(1, 200)
  readonly model!: string;

  @Price('Of a million tokens sent, in the currency of the installation.', 0.15)
  readonly promptPerMillion?: number;

  @Price('Of a million tokens received.', 0.6)
  readonly completionPerMillion?: number;

  @Price('Of a minute of speech.', 0)
  readonly perMinute?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'From when it counts. Now when left out.' })
  @IsOmittable()
  @IsTimestamp()
  readonly validFrom?: Date;
}

/** Another model has a price of its own. */
export class UpdateModelPriceDto extends PartialType(OmitType(CreateModelPriceDto, ['provider', 'model']), {
  skipNullProperties: false,
}) {}
