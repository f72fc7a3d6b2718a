import { Injectable, type OnModuleInit } from '@nestjs/common';

import { PersonalData, PersonalDataRegistry, rowsOf, type ExportSection } from '#libs/auth';
import { UnitOfWork } from '#libs/database';
import { ReadableDocuments } from '#libs/ingestion';
import type { RetrievalTrace } from '#libs/retrieval';

import type { MessageEntity } from '../message/message.entity';
import { RetrievalTraces } from '../trace/retrieval-traces';
import { documentsOf, restsOnReadable } from '../message/withhold';

const CONVERSATIONS = `
  SELECT id, title, collection_ids AS "collectionIds", folder_id AS "folderId", pinned, archived, created_at AS "createdAt"
    FROM conversation WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3`;
const FOLDERS = `
  SELECT id, name, created_at AS "createdAt"
    FROM conversation_folder WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3`;
const MESSAGES = `
  SELECT m.id, m.conversation_id AS "conversationId", m.parent_id AS "parentId", m.role, m.content, m.citations, m.sources, m.erased_at AS "erasedAt",
         (SELECT json_build_object('rating', f.rating, 'reasons', f.reasons, 'comment', f.comment) FROM feedback f
           WHERE f.message_id = m.id AND f.user_id = c.user_id) AS feedback,
         m.organization_id AS "organizationId", m.created_at AS "createdAt"
    FROM message m JOIN conversation c ON c.id = m.conversation_id
   WHERE c.user_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3`;

const SHARES = `
  SELECT s.id, s.conversation_id AS "conversationId", s.audience, s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt",
         s.created_at AS "createdAt"
    FROM conversation_share s JOIN conversation c ON c.id = s.conversation_id
   WHERE c.user_id = $1 AND s.id > $2 ORDER BY s.id LIMIT $3`;
const TRACES = `
  SELECT t.message_id AS id, t.organization_id AS "organizationId", t.trace
    FROM retrieval_trace t JOIN message m ON m.id = t.message_id JOIN conversation c ON c.id = m.conversation_id
   WHERE c.user_id = $1 AND t.message_id > $2 ORDER BY t.message_id LIMIT $3`;

const DISCLOSURES = `
  SELECT id, conversation_id AS "conversationId", reason, expires_at AS "expiresAt", ended_at AS "endedAt",
         created_at AS "createdAt"
    FROM disclosure WHERE owner_id = $1 AND id > $2 ORDER BY id LIMIT $3`;

type MessageRow = Pick<MessageEntity, 'organizationId' | 'sources' | 'citations' | 'erasedAt'>;
interface TraceRow {
  readonly id: string;
  readonly organizationId: string;
  readonly trace: RetrievalTrace;
}

/** Conversations are their owner's alone, so they go with him. */
@Injectable()
export class ConversationData extends PersonalData implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
    private readonly documents: ReadableDocuments,
    private readonly traces: RetrievalTraces,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  override sections(userId: string): ExportSection[] {
    return [
      { name: 'conversations', rows: rowsOf(this.uow, CONVERSATIONS, userId) },
      { name: 'conversationFolders', rows: rowsOf(this.uow, FOLDERS, userId) },
      { name: 'messages', rows: this.messages(userId) },
      { name: 'conversationShares', rows: rowsOf(this.uow, SHARES, userId) },
      { name: 'retrieval-traces', rows: this.tracesOf(userId) },
      { name: 'disclosures', rows: rowsOf(this.uow, DISCLOSURES, userId) },
    ];
  }

  /** As their reader may see them now: without answers that rest on documents that were deleted or taken back. */
  private async *messages(id: string): AsyncGenerator<object> {
    for await (const row of rowsOf(this.uow, MESSAGES, id)) {
      const { organizationId, sources, erasedAt, ...message } = row as MessageRow;
      const answer = { citations: message.citations, sources, erasedAt };
      const readable = await this.documents.among({ id, organizationId }, documentsOf(answer));
      yield restsOnReadable(answer, readable) ? message : { ...message, content: null, citations: [], withheld: true };
    }
  }

  private async *tracesOf(id: string): AsyncGenerator<object> {
    for await (const row of rowsOf(this.uow, TRACES, id)) {
      const { id: messageId, organizationId, trace } = row as TraceRow;
      yield { messageId, ...(await this.traces.asSeenBy({ id, organizationId }, trace)) };
    }
  }

  /** Messages go by ON DELETE CASCADE. */
  override async erase(userId: string): Promise<Record<string, number>> {
    const gone = await this.uow.query('DELETE FROM conversation WHERE user_id = $1 RETURNING id', [userId]);
    const folders = await this.uow.query('DELETE FROM conversation_folder WHERE user_id = $1 RETURNING id', [userId]);
    return { conversations: gone.length, conversationFolders: folders.length };
  }
}
