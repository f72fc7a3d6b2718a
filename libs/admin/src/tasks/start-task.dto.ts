import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsUUID } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { TASK_KINDS, type TaskKind } from './task';

export class StartTaskDto {
  @ApiProperty({
    enum: TASK_KINDS,
    example: 'reindex_collection',
    description:
      '`reindex_collection` ingests every document of one collection again. For superusers: `recover_documents` enqueues what ' +
      'waits for a job that was lost; `check_consistency` compares SQL, vectors and files, and repairs them when asked to.',
  })
  @IsIn(TASK_KINDS)
  readonly kind!: TaskKind;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b',
    description: 'For `reindex_collection`.',
  })
  @IsOmittable()
  @IsUUID()
  readonly collectionId?: string;

  @ApiPropertyOptional({ example: false, default: false, description: 'For `check_consistency`.' })
  @IsOmittable()
  @IsBoolean()
  readonly repair?: boolean;
}
