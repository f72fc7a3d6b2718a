import { ApiProperty } from '@nestjs/swagger';

import { CHAIN_PROBLEMS, type ChainProblemKind } from '../chain/chain-problem';

export class ChainProblemView {
  @ApiProperty({ enum: CHAIN_PROBLEMS, example: 'altered' })
  readonly kind!: ChainProblemKind;

  @ApiProperty({ example: 42, description: 'First bad place in the chain.' })
  readonly sequence!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The entry found there, if any.' })
  readonly entryId!: string | null;
}

export class ChainHeadView {
  @ApiProperty({ example: 10_000 })
  readonly sequence!: number;

  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  readonly hash!: string;
}

export class ChainView {
  @ApiProperty({ format: 'uuid', description: 'The nil UUID is the platform.' })
  readonly organizationId!: string;

  @ApiProperty()
  readonly isIntact!: boolean;

  @ApiProperty({ example: 10_000, description: 'Entries that were compared.' })
  readonly entries!: number;

  @ApiProperty({ example: 0, description: 'Entries before these that were moved into archives.' })
  readonly archived!: number;

  @ApiProperty({ description: 'Last place that was reached.' })
  readonly head!: ChainHeadView;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b:10000:9f86d081…:1c3b5a7de0f24689:4b1d…',
    description:
      'The head, signed, to give as `expect` later: it shows when the chain was cut off. Null when not intact.',
  })
  readonly receipt!: string | null;

  @ApiProperty({ type: ChainProblemView, nullable: true })
  readonly problem!: ChainProblemView | null;
}

export class VerificationView {
  @ApiProperty({ description: 'Whether every chain is.' })
  readonly isIntact!: boolean;

  @ApiProperty({ type: [ChainView] })
  readonly chains!: ChainView[];
}
