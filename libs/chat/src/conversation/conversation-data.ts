import { Injectable, type OnModuleInit } from '@nestjs/common';

import { PersonalData, PersonalDataRegistry, rowsOf, type ExportSection } from '#libs/auth';
import { UnitOfWork } from '#libs/database';

const CONVERSATIONS = `
  SELECT id, title, collection_ids AS "collectionIds", created_at AS "createdAt"
    FROM conversation WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3`;
const MESSAGES = `
  SELECT m.id, m.conversation_id AS "conversationId", m.parent_id AS "parentId", m.role, m.content, m.citations, m.feedback,
         m.created_at AS "createdAt"
    FROM message m JOIN conversation c ON c.id = m.conversation_id
   WHERE c.user_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3`;

/** Conversations are their owner's alone, so they go with him. */
@Injectable()
export class ConversationData extends PersonalData implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  override sections(userId: string): ExportSection[] {
    return [
      { name: 'conversations', rows: rowsOf(this.uow, CONVERSATIONS, userId) },
      { name: 'messages', rows: rowsOf(this.uow, MESSAGES, userId) },
    ];
  }

  /** Messages go by ON DELETE CASCADE. */
  override async erase(userId: string): Promise<Record<string, number>> {
    const gone = await this.uow.query('DELETE FROM conversation WHERE user_id = $1 RETURNING id', [userId]);
    return { conversations: gone.length };
  }
}
