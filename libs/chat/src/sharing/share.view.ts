import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { AUDIENCES, type Audience, type ShareEntity } from './share.entity';

export class ShareView {
  @ApiProperty({ format: 'uuid', example: '4c1d8a7e-2f65-4b9a-8e1c-7d3f5b2a9c60' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0a4f2a0e-6df4-4f43-8a55-5d5b4d7d9a01' })
  readonly conversationId!: string;

  @ApiProperty({
    format: 'uuid',
    example: '5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10',
    description: 'The last message that is shown.',
  })
  readonly messageId!: string;

  @ApiProperty({ enum: AUDIENCES, example: 'organization' })
  readonly audience!: Audience;

  @ApiProperty({ format: 'date-time', example: '2026-03-05T09:14:07.120Z' })
  readonly expiresAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly revokedAt!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:07.120Z' })
  readonly createdAt!: string;

  @ApiPropertyOptional({
    example: 'ZkE3b0xQdW5hY2VzdHVudG9rZW5kZW1vbnN0cmF0aW8',
    description: 'For the link. Told once, when it is made, and stored nowhere.',
  })
  readonly token?: string;
}

export const toShareView = (share: ShareEntity): ShareView => ({
  id: share.id,
  conversationId: share.conversationId,
  messageId: share.leafId,
  audience: share.audience,
  expiresAt: share.expiresAt.toISOString(),
  revokedAt: share.revokedAt?.toISOString() ?? null,
  createdAt: share.createdAt.toISOString(),
});
