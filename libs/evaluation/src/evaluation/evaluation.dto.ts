import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsNumber, IsUUID, Max, Min, ValidateNested } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { TuningDto } from './tuning.dto';

export class StartEvaluationDto {
  @ApiProperty({ format: 'uuid', example: '5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10' })
  @IsUUID()
  readonly goldenSetId!: string;

  @ApiPropertyOptional({
    type: TuningDto,
    description: 'Tried in this evaluation alone; nobody else notices. The settings in force when left out.',
  })
  @IsOmittable()
  @ValidateNested()
  @Type(() => TuningDto)
  readonly settings?: TuningDto;
}

export class ComparedWithDto {
  @ApiProperty({ format: 'uuid', example: '2f1a7c9d-0a1c-4e1f-8f53-3a1b6e0c7d22' })
  @IsUUID()
  readonly baselineId!: string;
}

const DEFAULT_MARGIN = 0.01;

export class ApplyEvaluationDto extends ComparedWithDto {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: 1,
    default: DEFAULT_MARGIN,
    example: DEFAULT_MARGIN,
    description: 'How much worse than the baseline a figure may be.',
  })
  @IsOmittable()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(1)
  readonly margin: number = DEFAULT_MARGIN;
}
