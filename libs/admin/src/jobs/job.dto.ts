import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { BulkIds } from '#libs/crud';

const JOB_ACTIONS = ['retry', 'cancel', 'delete'] as const;
export type JobAction = (typeof JOB_ACTIONS)[number];

export class BulkJobsDto {
  @ApiProperty({ enum: JOB_ACTIONS, example: 'retry' })
  @IsIn(JOB_ACTIONS)
  readonly action!: JobAction;

  @BulkIds()
  readonly ids!: string[];
}
