import { ApiProperty } from '@nestjs/swagger';

import type { GroupEntity } from './group.entity';

export class GroupView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

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

export const toGroupView = ({ createdAt, updatedAt, ...group }: GroupEntity): GroupView => ({
  id: group.id,
  organizationId: group.organizationId,
  name: group.name,
  description: group.description,
  version: group.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
