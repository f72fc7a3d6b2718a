import { ApiProperty } from '@nestjs/swagger';

import { GRANT_ROLES, type GrantRole } from './access-rule';

/** What one user or one group may do with a collection. */
export class GrantView {
  @ApiProperty({ format: 'uuid', type: String, nullable: true, example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly userId!: string | null;

  @ApiProperty({ format: 'uuid', type: String, nullable: true, example: null })
  readonly groupId!: string | null;

  @ApiProperty({ example: 'Claire Martin', description: 'Name of the user or the group.' })
  readonly name!: string;

  @ApiProperty({ enum: GRANT_ROLES, example: 'reader' })
  readonly role!: GrantRole;

  @ApiProperty({ example: true, description: 'False: may search and cite, and take neither text nor file away.' })
  readonly mayDownload!: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;
}
