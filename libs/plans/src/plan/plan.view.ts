import { ApiProperty } from '@nestjs/swagger';

import { FEATURES, type Feature } from '#libs/http';

import type { PlanEntity } from './plan.entity';

const limit = { type: 'integer', nullable: true, minimum: 0 } as const;

export class PlanView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'plus', description: 'Stable word; switch on this one.' })
  readonly code!: string;

  @ApiProperty({ example: 'Plus' })
  readonly name!: string;

  @ApiProperty({
    ...limit,
    example: 1_000,
    description: 'Questions of the organization per day (UTC). Null: any number.',
  })
  readonly messagesPerDay!: number | null;

  @ApiProperty({ ...limit, example: 5_000 })
  readonly documents!: number | null;

  @ApiProperty({ ...limit, example: 10_737_418_240 })
  readonly storageBytes!: number | null;

  @ApiProperty({ ...limit, example: 52_428_800, description: 'Of one file.' })
  readonly uploadBytes!: number | null;

  @ApiProperty({ ...limit, example: 300, description: 'Of one caller. Null: as many as the installation allows.' })
  readonly requestsPerMinute!: number | null;

  @ApiProperty({ enum: FEATURES, isArray: true, example: ['api-keys'] })
  readonly features!: Feature[];

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export const toPlanView = ({ createdAt, updatedAt, ...plan }: PlanEntity): PlanView => ({
  id: plan.id,
  code: plan.code,
  name: plan.name,
  messagesPerDay: plan.messagesPerDay,
  documents: plan.documents,
  storageBytes: plan.storageBytes,
  uploadBytes: plan.uploadBytes,
  requestsPerMinute: plan.requestsPerMinute,
  features: plan.features,
  version: plan.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
