import { Injectable } from '@nestjs/common';

import { BudgetWatch, Quotas, UsageMeter } from '#libs/plans';

import type { FinishedAnswer } from '../answering/answer-ledger';

/** Who an answer is for, and the name of what was set aside for it. */
export interface AnswerBill {
  readonly organizationId: string;
  /** Null when the account is gone. */
  readonly userId: string | null;
  readonly answerId: string;
}

type Priced = {
  readonly [Field in 'content' | 'provider' | 'model' | 'usage']: FinishedAnswer[Field] | null;
};

/** What an answer costs, wherever it goes: one unit of the plan, and what a model used. Each call inside a transaction, as its last act. */
@Injectable()
export class AnswerAccount {
  constructor(
    private readonly quotas: Quotas,
    private readonly budgets: BudgetWatch,
    private readonly usage: UsageMeter,
  ) {}

  /** Sets a unit of the plan aside. @throws MessagesExhaustedError @throws BudgetExhaustedError */
  async open({ organizationId, answerId }: Omit<AnswerBill, 'userId'>): Promise<void> {
    await this.budgets.requireLeft(organizationId);
    await this.quotas.reserve(organizationId, 'messages', 1, answerId);
  }

  /** Counts an answer; one that was stopped before its first word gave nobody anything. */
  async close(bill: AnswerBill, answer: Priced): Promise<void> {
    await this.count(bill, answer);
    await this.quotas.settle(bill.organizationId, 'messages', bill.answerId, answer.content === '' ? 0 : 1);
  }

  /** Gives back what was set aside for an answer that came to nothing. */
  async giveBack({ organizationId, answerId }: Omit<AnswerBill, 'userId'>): Promise<void> {
    await this.quotas.settle(organizationId, 'messages', answerId, 0);
  }

  /** An answer that no model had a part in, such as one without sources, costs nobody anything. */
  private async count({ organizationId, userId }: AnswerBill, { provider, model, usage }: Priced): Promise<void> {
    if (provider === null || model === null) return;
    await this.usage.record({ organizationId, userId, kind: 'chat', provider, model, ...usage });
  }
}
