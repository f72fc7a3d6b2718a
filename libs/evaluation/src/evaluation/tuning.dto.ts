import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNumber, Max, Min } from 'class-validator';

import { MAX_PASSAGES, type AnswerTuning } from '#libs/chat';
import { IsOmittable } from '#libs/http';

/** Settings of answers; what is left out is as shipped. */
export class TuningDto implements AnswerTuning {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: 1,
    example: 0.55,
    description: 'Confidence below which nothing is answered. As shipped, the model decides.',
  })
  @IsOmittable()
  @IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 4 })
  @Min(0)
  @Max(1)
  readonly minConfidence?: number;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: MAX_PASSAGES,
    example: 5,
    description: `Passages an answer rests on; ${MAX_PASSAGES} as shipped.`,
  })
  @IsOmittable()
  @IsInt()
  @Min(1)
  @Max(MAX_PASSAGES)
  readonly passages?: number;
}
