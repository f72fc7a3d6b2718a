import { Injectable } from '@nestjs/common';

import { pickFields, type ListQuery } from '#libs/crud';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { NotAnAnswerError } from '../chat.errors';
import { ConversationsService } from '../conversation/conversations.service';
import { AbandonedAnswers } from './abandoned-answers';
import type { Feedback } from './message.entity';
import { toMessageView, type MessageView } from './message.view';
import { MessagesRepository } from './messages.repository';

/** Messages of the caller's conversations. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly messages: MessagesRepository,
    private readonly conversations: ConversationsService,
    private readonly abandoned: AbandonedAnswers,
    private readonly events: DomainEvents,
  ) {}

  /** The tree, flat: each message names its parent; newest first, so the newest branch begins. @throws ResourceNotFoundError */
  async list(principal: Principal, conversationId: string, query: ListQuery): Promise<Page<Partial<MessageView>>> {
    await this.conversations.get(principal, conversationId);
    await this.abandoned.markFailed(conversationId);
    const [rows, total] = await this.messages.list(principal, conversationId, query);
    const items = rows.map((row) => pickFields(toMessageView(row), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }

  /** @throws ResourceNotFoundError */
  async get(principal: Principal, id: string): Promise<MessageView> {
    return toMessageView(await this.messages.getOwn(principal, id));
  }

  /** Rates an answer; a second rating replaces the first. @throws ResourceNotFoundError, NotAnAnswerError */
  rate(principal: Principal, id: string, { rating, reasons, comment }: Feedback): Promise<MessageView> {
    return this.uow.run(async () => {
      const message = await this.messages.getOwn(principal, id);
      if (message.role !== 'assistant') throw new NotAnAnswerError(id);
      const feedback: Feedback = { rating, reasons: reasons ?? [], ...(comment !== undefined && { comment }) };
      await this.messages.rate(principal, id, feedback);
      const data = { messageId: id, conversationId: message.conversationId, rating, hasComment: Boolean(comment) };
      await this.events.publish({ type: 'feedback.received', organizationId: message.organizationId, data });
      return toMessageView(Object.assign(message, { feedback }));
    });
  }
}
