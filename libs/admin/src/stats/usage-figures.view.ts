import { ApiProperty } from '@nestjs/swagger';

import { USAGE_GROUPS, type UsageGroup } from './usage-group';

export class UsageGroupView {
  @ApiProperty({
    example: 'ollama:llama3.2:3b',
    description: 'The day, model or kind, or the id of the user or organization; empty for what nobody asked for.',
  })
  readonly key!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Claire Martin',
    description: 'Name of the user or organization.',
  })
  readonly label!: string | null;

  @ApiProperty({ example: 42, description: 'Answers, and documents that were embedded.' })
  readonly requests!: number;

  @ApiProperty({ example: 51_200 })
  readonly promptTokens!: number;

  @ApiProperty({ example: 9_400 })
  readonly completionTokens!: number;

  @ApiProperty({ example: 0, description: 'Of speech.' })
  readonly seconds!: number;

  @ApiProperty({ example: 0.42 })
  readonly cost!: number;
}

/** What models were used for and what it cost, in one period. */
export class UsageFiguresView {
  @ApiProperty({ format: 'date', example: '2026-01-01' })
  readonly from!: string;

  @ApiProperty({ format: 'date', example: '2026-01-30' })
  readonly to!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: of all organizations.' })
  readonly organizationId!: string | null;

  @ApiProperty({ enum: USAGE_GROUPS, example: 'model' })
  readonly groupBy!: UsageGroup;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  readonly currency!: string;

  @ApiProperty({ type: [UsageGroupView], description: 'Days in their order; all others by cost, dearest first.' })
  readonly groups!: UsageGroupView[];

  @ApiProperty({ example: true, description: 'Whether these are all; at most 1,000 are listed.' })
  readonly isComplete!: boolean;
}
