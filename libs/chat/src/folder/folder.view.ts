import { ApiProperty } from '@nestjs/swagger';

import type { FolderEntity } from './folder.entity';

export class FolderView {
  @ApiProperty({ format: 'uuid', example: '9d2b8f0e-5a41-4c7b-9f57-3c1f0a6d8e21' })
  readonly id!: string;

  @ApiProperty({ example: 'Recrutement' })
  readonly name!: string;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:05.310Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:05.310Z' })
  readonly updatedAt!: string;

  @ApiProperty({ example: 1, description: 'Sent back as If-Match when changing it.' })
  readonly version!: number;
}

export const toFolderView = (folder: FolderEntity): FolderView => ({
  id: folder.id,
  name: folder.name,
  createdAt: folder.createdAt.toISOString(),
  updatedAt: folder.updatedAt.toISOString(),
  version: folder.version,
});
