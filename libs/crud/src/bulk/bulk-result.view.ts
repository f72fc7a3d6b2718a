import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const OUTCOMES = ['done', 'failed'] as const;

class BulkProblemView {
  @ApiProperty({ example: 'resource.not_found' })
  readonly code!: string;

  @ApiProperty({ example: 'Not found' })
  readonly title!: string;

  @ApiProperty({ example: 'There is no "group" with the id 9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11.' })
  readonly detail!: string;
}

class BulkOutcomeView {
  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ enum: OUTCOMES })
  readonly outcome!: (typeof OUTCOMES)[number];

  @ApiPropertyOptional({ type: BulkProblemView, description: 'Why it failed, as the route for one row would say.' })
  readonly problem?: BulkProblemView;
}

/** What became of each row, in the order asked for. */
export class BulkResultView {
  @ApiProperty({ type: [BulkOutcomeView] })
  readonly results!: BulkOutcomeView[];
}
