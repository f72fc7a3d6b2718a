import { ApiProperty } from '@nestjs/swagger';

import type { ConversationEntity } from '../conversation/conversation.entity';

/** A conversation as administrators see it: whose and when. Its title is what its owner asked, so it is sealed, too. */
export class AdminConversationView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid', description: 'Its owner.' })
  readonly userId!: string;

  @ApiProperty({ type: [String], format: 'uuid', nullable: true, example: ['6f1c7b51-8f0e-4d5a-9c53-1f4f0f6c2b10'] })
  readonly collectionIds!: readonly string[] | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last message or change.' })
  readonly updatedAt!: string;
}

export const toAdminConversationView = ({
  createdAt,
  updatedAt,
  ...conversation
}: ConversationEntity): AdminConversationView => ({
  id: conversation.id,
  organizationId: conversation.organizationId,
  userId: conversation.userId,
  collectionIds: conversation.collectionIds,
  version: conversation.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
