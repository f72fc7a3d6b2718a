import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsUUID, Matches } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { USAGE_GROUPS, type UsageGroup } from './usage-group';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FORMATS = ['csv', 'json'] as const;

export class StatsQueryDto {
  @ApiPropertyOptional({
    format: 'date',
    example: '2026-01-01',
    description: 'First day, UTC. 29 days before `to` when left out.',
  })
  @IsOmittable()
  @Matches(DAY)
  @IsISO8601({ strict: true })
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date', example: '2026-01-30', description: 'Last day, UTC. Today when left out.' })
  @IsOmittable()
  @Matches(DAY)
  @IsISO8601({ strict: true })
  readonly to?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11',
    description: 'For superusers: one organization. All of them when left out.',
  })
  @IsOmittable()
  @IsUUID()
  readonly organizationId?: string;
}

export class StatsExportDto extends StatsQueryDto {
  @ApiPropertyOptional({ enum: FORMATS, default: 'csv' })
  @IsOmittable()
  @IsIn(FORMATS)
  readonly format?: (typeof FORMATS)[number];
}

export class UsageFiguresDto extends StatsQueryDto {
  @ApiPropertyOptional({ enum: USAGE_GROUPS, default: 'day', example: 'model' })
  @IsOmittable()
  @IsIn(USAGE_GROUPS)
  readonly groupBy?: UsageGroup;
}
