import { ApiProperty } from '@nestjs/swagger';

import type { SettingEntity } from './setting.entity';
import { getSetting } from './setting-catalogue';
import { MASKED_VALUE, type SettingValue } from './setting-value';
import { VALUE_SCHEMA } from './setting-value.schema';
import { SETTING_ACTS, type SettingAct, type SettingVersionEntity } from './setting-version.entity';

export class SettingView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ example: 'registration.mode' })
  readonly key!: string;

  @ApiProperty({ ...VALUE_SCHEMA, example: 'invite', description: '`***` for a secret, which is never told.' })
  readonly value!: SettingValue;

  @ApiProperty({ example: false })
  readonly isSecret!: boolean;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly updatedBy!: string;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly updatedAt!: string;
}

export class SettingVersionView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ enum: SETTING_ACTS, description: '`reset`: back to what the environment or the code says.' })
  readonly act!: SettingAct;

  @ApiProperty({ ...VALUE_SCHEMA, nullable: true, example: 'invite', description: 'Null for a reset and for secrets.' })
  readonly value!: SettingValue | null;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly changedBy!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;
}

export const toSettingView = ({ createdAt, updatedAt, ...row }: SettingEntity): SettingView => ({
  id: row.id,
  key: row.key,
  value: row.value ?? MASKED_VALUE,
  isSecret: getSetting(row.key).isSecret,
  updatedBy: row.updatedBy,
  version: row.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const toSettingVersionView = (row: SettingVersionEntity): SettingVersionView => ({
  id: row.id,
  act: row.act,
  value: row.value,
  changedBy: row.changedBy,
  createdAt: row.createdAt.toISOString(),
});
