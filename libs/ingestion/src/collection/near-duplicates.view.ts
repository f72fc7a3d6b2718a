import { ApiProperty } from '@nestjs/swagger';

/** Where a repeated passage stands. */
export class RepeatedPassageView {
  @ApiProperty({ format: 'uuid', example: '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10' })
  readonly chunkId!: string;

  @ApiProperty({ format: 'uuid', example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly documentId!: string;

  @ApiProperty({ example: 'Guide de l’intégrateur' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 3 })
  readonly page!: number | null;
}

/** Passages that say nearly the same. */
export class NearDuplicatesView {
  @ApiProperty({ type: [RepeatedPassageView] })
  readonly passages!: readonly RepeatedPassageView[];
}

export class NearDuplicatesPage {
  @ApiProperty({ type: [NearDuplicatesView], description: 'The largest groups first.' })
  readonly items!: readonly NearDuplicatesView[];

  @ApiProperty({ type: 'integer', example: 3, description: 'Groups in all; `items` holds at most 100.' })
  readonly total!: number;
}
