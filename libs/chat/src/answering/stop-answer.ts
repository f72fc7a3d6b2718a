import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { NotAnAnswerError } from '../chat.errors';
import { toMessageView, type MessageView } from '../message/message.view';
import { MessagesRepository } from '../message/messages.repository';
import { AnswerRuns } from './answer-runs';

/** Use case: ends the writing of an answer; what was written so far is kept, verified as any answer. */
@Injectable()
export class StopAnswer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: AnswerRuns,
    private readonly messages: MessagesRepository,
  ) {}

  /**
   * Does nothing to an answer that is over.
   * @returns the answer as it is now
   * @throws ResourceNotFoundError, NotAnAnswerError
   */
  async execute(principal: Principal, messageId: string): Promise<MessageView> {
    const message = await this.messages.getOwn(principal, messageId);
    if (message.role !== 'assistant') throw new NotAnAnswerError(messageId);
    if (message.status !== 'writing') return toMessageView(message);
    const run = this.runs.find(messageId);
    if (run) return run.stop();
    await this.stopElsewhere(messageId);
    return toMessageView(await this.messages.getOwn(principal, messageId));
  }

  /** Another process writes it: it will find the answer closed and add nothing. */
  private async stopElsewhere(messageId: string): Promise<void> {
    await this.uow.query(
      `UPDATE message SET status = 'stopped', updated_at = now(), version = version + 1
        WHERE id = $1 AND status = 'writing'`,
      [messageId],
    );
  }
}
