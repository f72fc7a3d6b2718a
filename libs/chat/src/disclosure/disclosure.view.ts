import { ApiProperty } from '@nestjs/swagger';

import type { DisclosureEntity } from './disclosure.entity';

export class DisclosureView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly conversationId!: string;

  @ApiProperty({ format: 'uuid', description: 'Whose conversation it is. This user was told.' })
  readonly ownerId!: string;

  @ApiProperty({ format: 'uuid', description: 'The administrator who may read it, and nobody else.' })
  readonly openedBy!: string;

  @ApiProperty({ example: 'Demande de l’inspection du travail du 3 février.' })
  readonly reason!: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was closed before its time.',
  })
  readonly endedAt!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export const toDisclosureView = ({
  expiresAt,
  endedAt,
  createdAt,
  ...disclosure
}: DisclosureEntity): DisclosureView => ({
  id: disclosure.id,
  organizationId: disclosure.organizationId,
  conversationId: disclosure.conversationId,
  ownerId: disclosure.ownerId,
  openedBy: disclosure.openedBy,
  reason: disclosure.reason,
  expiresAt: expiresAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  version: disclosure.version,
  createdAt: createdAt.toISOString(),
});
