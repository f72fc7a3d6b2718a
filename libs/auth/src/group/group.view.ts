import { ApiProperty } from '@nestjs/swagger';

import type { GroupEntity } from './group.entity';

export class GroupView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ example: 'Ressources humaines' })
  readonly name!: string;

  @ApiProperty({ example: 'Service du personnel' })
  readonly description!: string;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly updatedAt!: string;
}

export const toGroupView = ({ id, name, description, version, createdAt, updatedAt }: GroupEntity): GroupView => ({
  id,
  name,
  description,
  version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
