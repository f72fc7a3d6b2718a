import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { AnswerAccount } from './answer-account';
import { LiveChunks } from './live-chunks';
import { PassingAnswerLedger, type PassingAnswerNeeds } from './passing-answer-ledger';

/** Begins answers that no conversation keeps. */
@Injectable()
export class PassingAnswers {
  private readonly needs: PassingAnswerNeeds;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly account: AnswerAccount,
    clock: Clock,
    chunks: LiveChunks,
  ) {
    this.needs = { uow, clock, account, chunks };
  }

  /** Sets aside what an answer costs. @throws MessagesExhaustedError @throws BudgetExhaustedError */
  async begin({ id: userId, organizationId }: Principal): Promise<PassingAnswerLedger> {
    const bill = { organizationId, userId, answerId: this.ids.next() };
    await this.uow.run(() => this.account.open(bill));
    return new PassingAnswerLedger(this.needs, bill);
  }
}
