import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { DomainEvent } from '#libs/kernel';

import { AnswerLedger, type FinishedAnswer } from '../answering/answer-ledger';
import { RetrievalTraces } from '../trace/retrieval-traces';
import { AnswerAccount } from './answer-account';
import { LiveChunks } from './live-chunks';
import { MessageEntity } from './message.entity';
import { toMessageView, type MessageView } from './message.view';

/** Figures only: what was asked and answered is told to nobody. */
const completed = (message: MessageEntity): DomainEvent => ({
  type: 'message.completed',
  organizationId: message.organizationId,
  data: {
    messageId: message.id,
    conversationId: message.conversationId,
    status: message.status,
    grounded: message.grounded ?? false,
    citations: message.citations.length,
    promptTokens: message.usage?.promptTokens ?? 0,
    completionTokens: message.usage?.completionTokens ?? 0,
    totalMs: message.timings?.totalMs ?? null,
  },
});

@Injectable()
export class SqlAnswerLedger extends AnswerLedger {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly events: DomainEvents,
    private readonly account: AnswerAccount,
    private readonly chunks: LiveChunks,
    private readonly traces: RetrievalTraces,
  ) {
    super();
  }

  override finish(
    messageId: string,
    chunkIds: readonly string[],
    decide: (liveChunkIds: ReadonlySet<string>) => FinishedAnswer,
  ): Promise<MessageView> {
    return this.uow.run(async () => {
      const message = await this.lock(messageId);
      if (message.status !== 'writing') return toMessageView(message);
      const { trace, ...answer } = decide(await this.chunks.hold(chunkIds));
      Object.assign(message, answer);
      if (trace) await this.traces.keep(message, trace);
      const userId = await this.touchConversation(message.conversationId);
      const finished = await this.uow.repository(MessageEntity).save(message);
      await this.events.publish(completed(finished));
      await this.account.close({ organizationId: finished.organizationId, userId, answerId: messageId }, finished);
      return toMessageView(finished);
    });
  }

  override async fail(messageId: string, code: string): Promise<void> {
    await this.uow.run(async () => {
      const [failed] = await this.uow.query<{ organizationId: string }>(
        `UPDATE message SET status = 'failed', failure_code = $2, updated_at = now(), version = version + 1
          WHERE id = $1 AND status = 'writing' RETURNING organization_id AS "organizationId"`,
        [messageId, code],
      );
      if (failed) await this.account.giveBack({ ...failed, answerId: messageId });
    });
  }

  /** @returns whose it is; null when it is gone with its owner */
  private async touchConversation(id: string): Promise<string | null> {
    const [conversation] = await this.uow.query<{ userId: string }>(
      'UPDATE conversation SET updated_at = now() WHERE id = $1 RETURNING user_id AS "userId"',
      [id],
    );
    return conversation?.userId ?? null;
  }

  private async lock(id: string): Promise<MessageEntity> {
    const message = await this.uow
      .repository(MessageEntity)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!message) throw new ResourceNotFoundError('message', id);
    return message;
  }
}
