import type { UnitOfWork } from '#libs/database';
import type { Clock } from '#libs/kernel';

import { AnswerLedger, type FinishedAnswer } from '../answering/answer-ledger';
import type { AnswerAccount, AnswerBill } from './answer-account';
import type { LiveChunks } from './live-chunks';
import { MessageEntity } from './message.entity';
import { toMessageView, type MessageView } from './message.view';

/** What it is made of; {@link PassingAnswers} has it. */
export interface PassingAnswerNeeds {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly account: AnswerAccount;
  readonly chunks: LiveChunks;
}

/** Of one answer whose reader keeps it: it is counted like any other, and nothing of what it says stays here. */
export class PassingAnswerLedger extends AnswerLedger {
  constructor(
    private readonly needs: PassingAnswerNeeds,
    readonly bill: AnswerBill,
  ) {
    super();
  }

  override finish(
    messageId: string,
    chunkIds: readonly string[],
    decide: (liveChunkIds: ReadonlySet<string>) => FinishedAnswer,
  ): Promise<MessageView> {
    const { uow, account, chunks } = this.needs;
    return uow.run(async () => {
      const answer = decide(await chunks.hold(chunkIds));
      await account.close(this.bill, answer);
      return this.viewOf(messageId, answer);
    });
  }

  override async fail(): Promise<void> {
    await this.needs.uow.run(() => this.needs.account.giveBack(this.bill));
  }

  private viewOf(id: string, answer: FinishedAnswer): MessageView {
    const { organizationId } = this.bill;
    const place = { id, organizationId, conversationId: '', parentId: null, role: 'assistant' as const };
    return toMessageView(Object.assign(new MessageEntity(), place, { createdAt: this.needs.clock.now() }, answer));
  }
}
