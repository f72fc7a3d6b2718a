import { Injectable } from '@nestjs/common';

import { ALIAS, applyListQuery, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { ReadableDocuments } from '#libs/ingestion';

import type { PastTurn } from '../answering/prompt';
import { ConversationEntity } from '../conversation/conversation.entity';
import { MessageEntity } from './message.entity';
import { MESSAGES } from './message.resource';
import { documentsOf, restsOnReadable, withhold } from './withhold';

type StoredTurn = PastTurn & Pick<MessageEntity, 'citations' | 'sources'>;

/** Messages of a branch that are read back: more than any prompt has room for. */
const BRANCH_LIMIT = 20;
/** Messages one export holds at most. */
const EXPORT_LIMIT = 5_000;

/** Reads messages, as their reader may see them now: what rests on documents that were deleted or taken back is withheld. */
@Injectable()
export class MessagesRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly documents: ReadableDocuments,
  ) {}

  /** @throws ResourceNotFoundError also for a message of somebody else's conversation */
  async getOwn(principal: Principal, id: string): Promise<MessageEntity> {
    const { id: userId, organizationId } = principal;
    const isOwn = 'c.id = m.conversationId AND c.userId = :userId AND c.organizationId = :organizationId';
    const message = await this.uow
      .repository(MessageEntity)
      .createQueryBuilder('m')
      .innerJoin(ConversationEntity, 'c', isOwn, { userId, organizationId })
      .where('m.id = :id', { id })
      .getOne();
    if (!message) throw new ResourceNotFoundError(MESSAGES.name, id);
    await this.asSeenBy(principal, [message]);
    return message;
  }

  /** One page of a conversation's messages. The conversation is known to be the caller's. */
  async list(principal: Principal, conversationId: string, query: ListQuery): Promise<[MessageEntity[], number]> {
    const builder = this.uow.repository(MessageEntity).createQueryBuilder(ALIAS);
    builder.where(`${ALIAS}.conversationId = :conversationId`, { conversationId });
    applyListQuery(builder, query, MESSAGES);
    const [messages, total] = await builder.getManyAndCount();
    return [await this.asSeenBy(principal, messages), total];
  }

  /** Every message, oldest first. */
  async all(principal: Principal, conversationId: string): Promise<MessageEntity[]> {
    const messages = await this.uow
      .repository(MessageEntity)
      .find({ where: { conversationId }, order: { createdAt: 'ASC', id: 'ASC' }, take: EXPORT_LIMIT });
    return this.asSeenBy(principal, messages);
  }

  /** The newest answer that is not being written: what a question without a named parent follows. */
  async latestAnswer(conversationId: string): Promise<string | null> {
    const [row] = await this.uow.query<{ id: string }>(
      `SELECT id FROM message WHERE conversation_id = $1 AND role = 'assistant' AND status <> 'writing'
        ORDER BY created_at DESC, id DESC LIMIT 1`,
      [conversationId],
    );
    return row?.id ?? null;
  }

  find(conversationId: string, id: string): Promise<MessageEntity | null> {
    return this.uow.repository(MessageEntity).findOneBy({ conversationId, id });
  }

  /** The branch that ends with a message, oldest first, without answers that came to nothing or are withheld. */
  async branch(principal: Principal, leafId: string | null): Promise<PastTurn[]> {
    if (leafId === null) return [];
    const turns = await this.uow.query<StoredTurn>(
      `WITH RECURSIVE branch AS (
         SELECT id, parent_id, role, content, status, citations, sources, 1 AS depth FROM message WHERE id = $1
         UNION ALL
         SELECT m.id, m.parent_id, m.role, m.content, m.status, m.citations, m.sources, b.depth + 1
           FROM message m JOIN branch b ON m.id = b.parent_id WHERE b.depth < $2
       ) SELECT role, content, citations, sources FROM branch WHERE status IN ('complete', 'stopped') AND content <> '' ORDER BY depth DESC`,
      [leafId, BRANCH_LIMIT],
    );
    const readable = await this.documents.among(principal, turns.flatMap(documentsOf));
    return turns.filter((turn) => restsOnReadable(turn, readable)).map(({ role, content }) => ({ role, content }));
  }

  private async asSeenBy(principal: Principal, messages: MessageEntity[]): Promise<MessageEntity[]> {
    const readable = await this.documents.among(principal, messages.flatMap(documentsOf));
    return messages.map((message) => withhold(message, readable, principal.locale));
  }
}
