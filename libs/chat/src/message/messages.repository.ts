import { Injectable } from '@nestjs/common';

import { In } from 'typeorm';

import { ALIAS, applyListQuery, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { CitedDocuments, ReadableDocuments, type SourceState } from '#libs/ingestion';
import { Ids } from '#libs/kernel';

import type { Citation } from '../answering/citations/evidence';
import type { PastTurn } from '../answering/prompt/history';
import { ConversationEntity } from '../conversation/conversation.entity';
import { MessageEntity, type Feedback, type FeedbackReason, type Rating } from './message.entity';
import { MESSAGES } from './message.resource';
import { FOLDED_LETTERS } from '../search/fold-for-search';
import { documentsOf, restsOnReadable, withhold, withholdWhole } from './withhold';

/** Who reads, and in which language. */
export type Reader = Pick<Principal, 'id' | 'organizationId' | 'locale'>;

interface StoredFeedback {
  readonly messageId: string;
  readonly rating: Rating;
  readonly reasons: FeedbackReason[];
  readonly comment: string | null;
}

/** A new opinion is new to administrators, too. */
const RATE = `
  INSERT INTO feedback AS given (id, organization_id, message_id, user_id, rating, comment, reasons)
  SELECT $1, m.organization_id, m.id, $3, $4, $5, $6 FROM message m WHERE m.id = $2
      ON CONFLICT (message_id) DO UPDATE SET user_id = excluded.user_id, rating = excluded.rating, comment = excluded.comment, reasons = excluded.reasons,
         status = 'new', updated_at = now(), version = given.version + 1`;

/** Questions that begin branches have no message before them, and a conversation in common. */
const SIBLINGS = `
  SELECT m.id, array_agg(s.id ORDER BY s.created_at, s.id) AS "siblingIds"
    FROM message m JOIN message s ON s.conversation_id = m.conversation_id AND s.parent_id IS NOT DISTINCT FROM m.parent_id
   WHERE m.id = ANY ($1) GROUP BY m.id`;

type StoredTurn = PastTurn & Pick<MessageEntity, 'citations' | 'sources' | 'erasedAt'>;

/** Messages of a branch that are read back: more than any prompt has room for. */
const BRANCH_LIMIT = 20;
/** Messages one export holds at most. */
const EXPORT_LIMIT = 5_000;

const BRANCH = `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, 1 AS depth FROM message WHERE id = $1
    UNION ALL
    SELECT m.id, m.parent_id, b.depth + 1 FROM message m JOIN branch b ON m.id = b.parent_id WHERE b.depth < $2
  ) SELECT id FROM branch`;

/** Conversations that are searched, the last used first: keeps a search of somebody who never cleans up below a second. */
export const CONVERSATIONS_SEARCHED = 2_000;
const HOLDING = `
  SELECT m.id FROM message m
    JOIN (SELECT id FROM conversation WHERE user_id = $1 AND organization_id = $2 ORDER BY updated_at DESC LIMIT $3) c
      ON c.id = m.conversation_id
   WHERE m.status <> 'writing' AND translate(lower(m.content), $5, $6) LIKE ALL ($4::text[])
   ORDER BY m.created_at DESC, m.id DESC LIMIT $7`;

/** Reads messages, as their reader may see them now: what rests on documents that were erased or taken back is withheld. */
@Injectable()
export class MessagesRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly documents: ReadableDocuments,
    private readonly cited: CitedDocuments,
    private readonly ids: Ids,
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
    await this.withSiblings(messages);
    return [await this.asSeenBy(principal, messages), total];
  }

  /** Every message, oldest first. */
  async all(principal: Principal, conversationId: string): Promise<MessageEntity[]> {
    const messages = await this.uow
      .repository(MessageEntity)
      .find({ where: { conversationId }, order: { createdAt: 'ASC', id: 'ASC' }, take: EXPORT_LIMIT });
    return this.asSeenBy(principal, messages);
  }

  /**
   * The newest messages of the caller that hold all of these words, as they were written: what is withheld from him by now
   * is among them, without its words.
   * @param words folded, as {@link foldForSearch} does it
   */
  async holding(principal: Principal, words: readonly string[], limit: number): Promise<MessageEntity[]> {
    const patterns = words.map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
    const found = await this.uow.query<{ id: string }>(HOLDING, [
      ...[principal.id, principal.organizationId, CONVERSATIONS_SEARCHED, patterns],
      ...[FOLDED_LETTERS.from, FOLDED_LETTERS.to, limit],
    ]);
    const messages = await this.uow
      .repository(MessageEntity)
      .find({ where: { id: In(found.map(({ id }) => id)) }, order: { createdAt: 'DESC', id: 'DESC' } });
    return this.asSeenBy(principal, messages);
  }

  /**
   * The branch that ends with a message, oldest first, for somebody it was not written for: an answer may repeat whatever it
   * was given, also without citing it, so one that was given anything the reader may not read is withheld whole.
   */
  async sharedWith(reader: Reader, leafId: string): Promise<MessageEntity[]> {
    const ids = await this.uow.query<{ id: string }>(BRANCH, [leafId, EXPORT_LIMIT]);
    const branch = await this.uow
      .repository(MessageEntity)
      .find({ where: { id: In(ids.map(({ id }) => id)) }, order: { createdAt: 'ASC', id: 'ASC' } });
    const given = new Map(branch.map(({ id, sources }) => [id, sources.length]));
    const seen = await this.asSeenBy(reader, branch);
    return seen.map((message) =>
      message.sources.length < (given.get(message.id) ?? 0) ? withholdWhole(message, reader.locale) : message,
    );
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
         SELECT id, parent_id, role, content, status, citations, sources, erased_at, 1 AS depth FROM message WHERE id = $1
         UNION ALL
         SELECT m.id, m.parent_id, m.role, m.content, m.status, m.citations, m.sources, m.erased_at, b.depth + 1
           FROM message m JOIN branch b ON m.id = b.parent_id WHERE b.depth < $2
       ) SELECT role, content, citations, sources, erased_at AS "erasedAt" FROM branch WHERE status IN ('complete', 'stopped') AND content <> '' ORDER BY depth DESC`,
      [leafId, BRANCH_LIMIT],
    );
    const readable = await this.documents.among(principal, turns.flatMap(documentsOf));
    return turns.filter((turn) => restsOnReadable(turn, readable)).map(({ role, content }) => ({ role, content }));
  }

  /** Puts an opinion in place of the one there was. The answer is known to be the caller's. */
  async rate({ id: userId }: Principal, messageId: string, { rating, comment, reasons = [] }: Feedback): Promise<void> {
    await this.uow.query(RATE, [this.ids.next(), messageId, userId, rating, comment ?? null, reasons]);
  }

  /** Those of other branches beside each message; a deleted conversation has none. */
  private async withSiblings(messages: readonly MessageEntity[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = await this.uow.query<{ id: string; siblingIds: string[] }>(SIBLINGS, [messages.map(({ id }) => id)]);
    const byMessage = new Map(rows.map(({ id, siblingIds }) => [id, siblingIds]));
    for (const message of messages) message.siblingIds = byMessage.get(message.id) ?? [message.id];
  }

  private async withFeedback(messages: readonly MessageEntity[]): Promise<void> {
    if (messages.length === 0) return;
    const given = await this.uow.query<StoredFeedback>(
      `SELECT message_id AS "messageId", rating, reasons, comment FROM feedback WHERE message_id = ANY ($1)`,
      [messages.map(({ id }) => id)],
    );
    const byMessage = new Map(given.map((feedback) => [feedback.messageId, feedback]));
    for (const message of messages) {
      const { rating, reasons, comment } = byMessage.get(message.id) ?? {};
      if (rating) message.feedback = { rating, reasons, ...(comment != null && { comment }) };
    }
  }

  /** What was deleted may be quoted as it was to those who may read its collection; the citations say so. */
  private async asSeenBy(principal: Reader, messages: MessageEntity[]): Promise<MessageEntity[]> {
    await this.withFeedback(messages);
    const ids = messages.flatMap(documentsOf);
    const readable = await this.documents.among(principal, ids);
    const gone = ids.filter((id) => !readable.has(id));
    const withdrawn = await this.cited.withdrawnAmong(principal, gone);
    const visible = new Set([...readable, ...withdrawn]);
    const seen = messages.map((message) => withhold(message, visible, principal.locale));
    const changed = await this.cited.changedAmong(seen.flatMap(({ citations }) => citations));
    for (const message of seen) {
      message.sourceStates = message.citations.map((citation) => stateOf(citation, withdrawn, changed));
    }
    return seen;
  }
}

const stateOf = (citation: Citation, withdrawn: ReadonlySet<string>, changed: ReadonlySet<Citation>): SourceState => {
  if (withdrawn.has(citation.documentId)) return 'withdrawn';
  return changed.has(citation) ? 'changed' : 'current';
};
