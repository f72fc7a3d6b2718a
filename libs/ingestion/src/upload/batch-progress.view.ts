import { ApiProperty } from '@nestjs/swagger';

import type { BatchProgress } from './upload-batches';

/** How far a batch has come; the data of each event. */
export class BatchProgressView implements BatchProgress {
  @ApiProperty({ format: 'uuid', example: '5b1c3a52-6f1e-4c55-8a64-0d8f3c1d2b77' })
  readonly batchId!: string;

  @ApiProperty({ type: 'integer', example: 1_000, description: 'Files of the request.' })
  readonly files!: number;

  @ApiProperty({ type: 'integer', example: 2, description: 'Files that were not taken.' })
  readonly rejected!: number;

  @ApiProperty({ type: 'integer', example: 995, description: 'Documents of the files that were taken.' })
  readonly documents!: number;

  @ApiProperty({ type: 'integer', example: 600 })
  readonly queued!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  readonly processing!: number;

  @ApiProperty({ type: 'integer', example: 390 })
  readonly ready!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  readonly failed!: number;

  @ApiProperty({ type: 'integer', example: 1, description: 'Documents that were deleted since.' })
  readonly removed!: number;

  @ApiProperty({ minimum: 0, maximum: 1, example: 0.396 })
  readonly progress!: number;
}
