import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import type { Principal } from '#libs/http';
import type { RetrievalTrace } from '#libs/retrieval';

import { AdminConversationsService } from '../administration/admin-conversations.service';
import { NotAnAnswerError } from '../chat.errors';
import { MessagesRepository } from '../message/messages.repository';
import { RetrievalTraces } from './retrieval-traces';

/** Use case: how the passages of an answer were found. */
@Injectable()
export class ReadTrace {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly conversations: AdminConversationsService,
    private readonly traces: RetrievalTraces,
  ) {}

  /** For the one who asked. @throws ResourceNotFoundError @throws NotAnAnswerError */
  async ofOwn(principal: Principal, answerId: string): Promise<RetrievalTrace> {
    const { role } = await this.messages.getOwn(principal, answerId);
    if (role !== 'assistant') throw new NotAnAnswerError(answerId);
    return this.traces.get(principal, answerId);
  }

  /**
   * For an administrator to whom the conversation is open; each read is recorded.
   * @throws ResourceNotFoundError @throws ConversationSealedError @throws NotAnAnswerError
   */
  async ofDisclosed(principal: Principal, conversationId: string, answerId: string): Promise<RetrievalTrace> {
    await this.conversations.requireOpen(principal, conversationId);
    const message = await this.messages.find(conversationId, answerId);
    if (!message) throw new ResourceNotFoundError('message', answerId);
    if (message.role !== 'assistant') throw new NotAnAnswerError(answerId);
    return this.traces.get(principal, answerId);
  }
}
