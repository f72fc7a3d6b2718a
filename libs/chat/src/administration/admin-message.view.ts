import { ApiProperty } from '@nestjs/swagger';

import { MESSAGE_ROLES, MESSAGE_STATUSES, type MessageEntity } from '../message/message.entity';
import { TimingsView, UsageView } from '../message/message.view';

/** A message as administrators see it: how it fared, never what it says. */
export class AdminMessageView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly conversationId!: string;

  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  readonly parentId!: string | null;

  @ApiProperty({ enum: MESSAGE_ROLES, example: 'assistant' })
  readonly role!: (typeof MESSAGE_ROLES)[number];

  @ApiProperty({ enum: MESSAGE_STATUSES, example: 'complete' })
  readonly status!: (typeof MESSAGE_STATUSES)[number];

  @ApiProperty({ type: Boolean, nullable: true, example: true, description: 'Null for questions.' })
  readonly grounded!: boolean | null;

  @ApiProperty({ example: 2, description: 'How many passages it cites.' })
  readonly citationCount!: number;

  @ApiProperty({ type: String, nullable: true, example: 'ollama' })
  readonly provider!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'mistral' })
  readonly model!: string | null;

  @ApiProperty({ type: UsageView, nullable: true })
  readonly usage!: UsageView | null;

  @ApiProperty({ type: TimingsView, nullable: true })
  readonly timings!: TimingsView | null;

  @ApiProperty({ type: String, nullable: true, example: 'llm.timeout' })
  readonly degraded!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'chat.answer_interrupted' })
  readonly failureCode!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export const toAdminMessageView = (message: MessageEntity): AdminMessageView => ({
  id: message.id,
  organizationId: message.organizationId,
  conversationId: message.conversationId,
  parentId: message.parentId,
  role: message.role,
  status: message.status,
  grounded: message.grounded,
  citationCount: message.citations.length,
  provider: message.provider,
  model: message.model,
  usage: message.usage,
  timings: message.timings,
  degraded: message.degraded,
  failureCode: message.failureCode,
  createdAt: message.createdAt.toISOString(),
});
