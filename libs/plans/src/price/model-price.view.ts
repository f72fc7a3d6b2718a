import { ApiProperty } from '@nestjs/swagger';

import type { ModelPriceEntity } from './model-price.entity';

export class ModelPriceView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'openai' })
  readonly provider!: string;

  @ApiProperty({ example: 'gpt-4o-mini' })
  readonly model!: string;

  @ApiProperty({ example: 0.15, description: 'Of a million tokens sent, in the currency of the installation.' })
  readonly promptPerMillion!: number;

  @ApiProperty({ example: 0.6, description: 'Of a million tokens received.' })
  readonly completionPerMillion!: number;

  @ApiProperty({ example: 0, description: 'Of a minute of speech.' })
  readonly perMinute!: number;

  @ApiProperty({ format: 'date-time', description: 'From when it counts, until a newer price of the same model.' })
  readonly validFrom!: string;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export const toModelPriceView = ({ createdAt, updatedAt, validFrom, ...price }: ModelPriceEntity): ModelPriceView => ({
  id: price.id,
  provider: price.provider,
  model: price.model,
  promptPerMillion: price.promptPerMillion,
  completionPerMillion: price.completionPerMillion,
  perMinute: price.perMinute,
  validFrom: validFrom.toISOString(),
  version: price.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
