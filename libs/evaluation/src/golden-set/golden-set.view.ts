import { ApiProperty } from '@nestjs/swagger';

import type { GoldenSetEntity } from './golden-set.entity';

export class GoldenSetView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ example: 'Questions RH' })
  readonly name!: string;

  @ApiProperty({ example: 'Ce que demandent les nouveaux arrivants.' })
  readonly description!: string;

  @ApiProperty({ type: [String], format: 'uuid', example: ['6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b'] })
  readonly collectionIds!: string[];

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export const toGoldenSetView = (set: GoldenSetEntity): GoldenSetView => ({
  id: set.id,
  organizationId: set.organizationId,
  name: set.name,
  description: set.description,
  collectionIds: set.collectionIds,
  version: set.version,
  createdAt: set.createdAt.toISOString(),
  updatedAt: set.updatedAt.toISOString(),
});
