import { ApiProperty } from '@nestjs/swagger';

import { TITLE_GIVERS, type ConversationEntity, type TitleGiver } from './conversation.entity';

export class ConversationView {
  @ApiProperty({ format: 'uuid', example: '0a4f2a0e-6df4-4f43-8a55-5d5b4d7d9a01' })
  readonly id!: string;

  @ApiProperty({ example: 'Combien de jours de congés annuels avons-nous ?' })
  readonly title!: string;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    nullable: true,
    example: ['6f1c7b51-8f0e-4d5a-9c53-1f4f0f6c2b10'],
    description: 'Collections its answers rest on; null for all the caller may read.',
  })
  readonly collectionIds!: readonly string[] | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  readonly assistantId!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: '9d2b8f0e-5a41-4c7b-9f57-3c1f0a6d8e21',
    description: 'One of `/conversation-folders`; null outside any.',
  })
  readonly folderId!: string | null;

  @ApiProperty({ example: false })
  readonly pinned!: boolean;

  @ApiProperty({ example: false })
  readonly archived!: boolean;

  @ApiProperty({
    enum: TITLE_GIVERS,
    example: 'question',
    description: 'Who gave the title. One that a user gave is never overwritten.',
  })
  readonly titledBy!: TitleGiver;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:05.310Z' })
  readonly createdAt!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-02-03T09:14:07.120Z',
    description: 'Time of the last message or change.',
  })
  readonly updatedAt!: string;

  @ApiProperty({ example: 1, description: 'Sent back as If-Match when changing it.' })
  readonly version!: number;
}

export const toConversationView = (conversation: ConversationEntity): ConversationView => ({
  id: conversation.id,
  title: conversation.title,
  collectionIds: conversation.collectionIds,
  assistantId: conversation.assistantId,
  folderId: conversation.folderId,
  pinned: conversation.pinned,
  archived: conversation.archived,
  titledBy: conversation.titledBy,
  createdAt: conversation.createdAt.toISOString(),
  updatedAt: conversation.updatedAt.toISOString(),
  version: conversation.version,
});
