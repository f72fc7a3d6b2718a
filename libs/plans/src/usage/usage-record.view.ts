import { ApiProperty } from '@nestjs/swagger';

import { USAGE_KINDS, type UsageKind, type UsageRecordEntity } from './usage-record.entity';

export class UsageRecordView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Who asked; null when nobody did.' })
  readonly userId!: string | null;

  @ApiProperty({ enum: USAGE_KINDS, example: 'chat' })
  readonly kind!: UsageKind;

  @ApiProperty({ example: 'ollama' })
  readonly provider!: string;

  @ApiProperty({ example: 'llama3.2:3b' })
  readonly model!: string;

  @ApiProperty({ format: 'date', example: '2026-01-31', description: 'Of UTC.' })
  readonly day!: string;

  @ApiProperty({ example: 42, description: 'Answers, or documents that were embedded.' })
  readonly requests!: number;

  @ApiProperty({ example: 51_200 })
  readonly promptTokens!: number;

  @ApiProperty({ example: 9_400 })
  readonly completionTokens!: number;

  @ApiProperty({ example: 0, description: 'Of speech.' })
  readonly seconds!: number;

  @ApiProperty({ example: 0.42, description: 'In the currency of the installation, by the prices of the moment.' })
  readonly cost!: number;
}

export const toUsageRecordView = (record: UsageRecordEntity): UsageRecordView => ({
  id: record.id,
  organizationId: record.organizationId,
  userId: record.userId,
  kind: record.kind,
  provider: record.provider,
  model: record.model,
  day: record.day,
  requests: record.requests,
  promptTokens: record.promptTokens,
  completionTokens: record.completionTokens,
  seconds: record.seconds,
  cost: record.cost,
});
