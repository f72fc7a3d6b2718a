import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import type { AnswerIds } from '../answering/answer-events';
import { AnswerAccount } from './answer-account';
import { MessageEntity } from './message.entity';

interface Place {
  readonly organizationId: string;
  readonly conversationId: string;
}

/** Adds questions and the answers that are about to be written to a conversation. */
@Injectable()
export class Exchanges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly account: AnswerAccount,
  ) {}

  /**
   * A question and its answer in progress. Call inside a transaction: neither exists without the other, nor without the
   * unit of the organization's plan that is set aside for the answer.
   * @throws MessagesExhaustedError @throws BudgetExhaustedError
   */
  async begin(place: Place, parentId: string | null, question: string): Promise<AnswerIds> {
    const questionId = await this.insert(place, { parentId, role: 'user', status: 'complete', content: question }, 0);
    return this.beginAnswer(place, questionId);
  }

  /**
   * An answer in progress to a question that exists. Call inside a transaction, as its last act.
   * @throws MessagesExhaustedError @throws BudgetExhaustedError
   */
  async beginAnswer(place: Place, questionId: string): Promise<AnswerIds> {
    // A millisecond after its question: lists are ordered by time.
    const id = await this.insert(place, { parentId: questionId, role: 'assistant', status: 'writing', content: '' }, 1);
    await this.account.open({ organizationId: place.organizationId, answerId: id });
    return { id, conversationId: place.conversationId, parentId: questionId };
  }

  private async insert(
    { organizationId, conversationId }: Place,
    message: Pick<MessageEntity, 'parentId' | 'role' | 'status' | 'content'>,
    delayMs: number,
  ): Promise<string> {
    const id = this.ids.next();
    const createdAt = new Date(this.clock.now().getTime() + delayMs);
    await this.uow.repository(MessageEntity).insert({ id, organizationId, conversationId, createdAt, ...message });
    return id;
  }
}
