import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { DomainEvent } from '#libs/kernel';
import { Quotas, UsageMeter } from '#libs/plans';

import { AnswerLedger, type FinishedAnswer } from '../answering/answer-ledger';
import { RetrievalTraces } from '../trace/retrieval-traces';
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
    private readonly quotas: Quotas,
    private readonly usage: UsageMeter,
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
      const { trace, ...answer } = decide(await this.holdLive(chunkIds));
      Object.assign(message, answer);
      if (trace) await this.traces.keep(message, trace);
      const userId = await this.touchConversation(message.conversationId);
      const finished = await this.uow.repository(MessageEntity).save(message);
      await this.count(finished, userId);
      await this.events.publish(completed(finished));
      // Stopped before the first word, nobody got anything.
      await this.quotas.settle(finished.organizationId, 'messages', messageId, finished.content === '' ? 0 : 1);
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
      if (failed) await this.quotas.settle(failed.organizationId, 'messages', messageId, 0);
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

  /** An answer that no model had a part in, such as one without sources, costs nobody anything. */
  private async count({ organizationId, provider, model, usage }: MessageEntity, userId: string | null): Promise<void> {
    if (provider === null || model === null) return;
    await this.usage.record({ organizationId, userId, kind: 'chat', provider, model, ...usage });
  }

  /** Shared locks: a deletion that has begun is seen, one that begins now waits until the answer is stored. */
  private async holdLive(chunkIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.uow.query<{ id: string }>(
      `SELECT c.id FROM chunk c JOIN document d ON d.id = c.document_id AND d.generation = c.generation
        WHERE c.id = ANY ($1) AND d.deleted_at IS NULL FOR SHARE OF d`,
      [chunkIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async lock(id: string): Promise<MessageEntity> {
    const message = await this.uow
      .repository(MessageEntity)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!message) throw new ResourceNotFoundError('message', id);
    return message;
  }
}
