import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { MESSAGE_ROLES, type MessageRole } from '../message/message.entity';
import { CitationView, type MessageView } from '../message/message.view';

/** A question or an answer, as a link shows it. */
export class SharedMessageView {
  @ApiProperty({ enum: MESSAGE_ROLES, example: 'assistant' })
  readonly role!: MessageRole;

  @ApiProperty({ example: 'Vous avez 25 jours ouvrés de congés annuels [1].' })
  readonly content!: string;

  @ApiProperty({ type: [CitationView], description: 'None behind a public link.' })
  readonly citations!: readonly CitationView[];

  @ApiProperty({ example: true })
  readonly grounded!: boolean;

  @ApiPropertyOptional({
    example: true,
    description: 'The answer rests on documents the reader may not read; its text and citations are left out.',
  })
  readonly withheld?: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:07.120Z' })
  readonly createdAt!: string;
}

/** A branch of a conversation, as it was when its link was made. */
export class SharedConversationView {
  @ApiProperty({ example: 'Combien de jours de congés annuels avons-nous ?' })
  readonly title!: string;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:20:00.000Z' })
  readonly sharedAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-05T09:20:00.000Z' })
  readonly expiresAt!: string;

  @ApiProperty({ type: [SharedMessageView], description: 'Oldest first.' })
  readonly messages!: readonly SharedMessageView[];
}

export const toSharedMessageView = (message: MessageView): SharedMessageView => ({
  role: message.role,
  content: message.content,
  citations: message.citations,
  grounded: message.grounded,
  ...(message.withheld && { withheld: true }),
  createdAt: message.createdAt,
});
