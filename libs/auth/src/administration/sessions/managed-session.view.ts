import { ApiProperty } from '@nestjs/swagger';

import type { SessionEntity } from '../../session/session.entity';

const TIME = { format: 'date-time', example: '2026-01-15T09:30:00.000Z' } as const;

/** A device of a user, as administrators see it: never its tokens. */
export class ManagedSessionView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly userId!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' })
  readonly userAgent!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Network of the sign-in.', example: '203.0.113.0/24' })
  readonly address!: string | null;

  @ApiProperty({ ...TIME, description: 'Sign-in or last renewal.' })
  readonly lastUsedAt!: string;

  @ApiProperty({ ...TIME, description: 'When it ends unless it is renewed.' })
  readonly expiresAt!: string;

  @ApiProperty({ ...TIME, type: String, nullable: true })
  readonly revokedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ended_by_administrator' })
  readonly revokedReason!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; grows with each renewal.' })
  readonly version!: number;

  @ApiProperty(TIME)
  readonly createdAt!: string;
}

export const toManagedSessionView = (session: SessionEntity): ManagedSessionView => ({
  id: session.id,
  organizationId: session.organizationId,
  userId: session.userId,
  userAgent: session.userAgent,
  address: session.address,
  lastUsedAt: session.lastUsedAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  revokedAt: session.revokedAt?.toISOString() ?? null,
  revokedReason: session.revokedReason,
  version: session.version,
  createdAt: session.createdAt.toISOString(),
});
