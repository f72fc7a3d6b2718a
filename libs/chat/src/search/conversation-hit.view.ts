import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { ConversationView } from '../conversation/conversation.view';
import { MESSAGE_ROLES, type MessageRole } from '../message/message.entity';

class PlaceView {
  @ApiProperty({ example: 4, description: 'UTF-16 units.' })
  readonly start!: number;

  @ApiProperty({ example: 10, description: 'Exclusive.' })
  readonly end!: number;
}

class MatchingMessageView {
  @ApiProperty({ format: 'uuid', example: '5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10' })
  readonly id!: string;

  @ApiProperty({ enum: MESSAGE_ROLES, example: 'assistant' })
  readonly role!: MessageRole;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:07.120Z' })
  readonly createdAt!: string;

  @ApiProperty({
    example: 'Les congés annuels sont de 25 jours ouvrés par an.',
    description: 'Of the message, to the letter.',
  })
  readonly excerpt!: string;

  @ApiProperty({ example: 0, description: 'Where the excerpt begins in the message, UTF-16 units.' })
  readonly start!: number;

  @ApiProperty({ type: [PlaceView], description: 'The words that were looked for, in the excerpt.' })
  readonly matches!: readonly PlaceView[];
}

/** A conversation that was found. */
export class ConversationHitView {
  @ApiProperty({ type: ConversationView })
  readonly conversation!: ConversationView;

  @ApiProperty({ type: [PlaceView], description: 'The words that were looked for, in the title.' })
  readonly titleMatches!: readonly PlaceView[];

  @ApiPropertyOptional({
    type: MatchingMessageView,
    description: 'The newest of its messages that hold the words; absent when only the title does.',
  })
  readonly message?: MatchingMessageView;
}
