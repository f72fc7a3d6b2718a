import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';
import { BUDGET_ALERT, type BudgetAlert } from '#libs/plans';

import { ACCOUNT_MAIL, type AccountMail } from './account-mail';
import { AccountMails } from './account-mails';
import { Mailer } from './mailer';
import { WriteAccountMail } from './write-account-mail';

const ADMINISTRATORS = `
  SELECT id FROM app_user
   WHERE organization_id = $1 AND role IN ('admin', 'superuser') AND disabled_at IS NULL AND erased_at IS NULL ORDER BY id`;

/** Writes and sends the mails that were asked for, in the process that includes it. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly write: WriteAccountMail,
    private readonly mailer: Mailer,
    private readonly mails: AccountMails,
    private readonly uow: UnitOfWork,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(ACCOUNT_MAIL, 1, ({ data }) => this.deliver(data));
    await this.jobs.work(BUDGET_ALERT, 1, ({ data }) => this.tellAdministrators(data));
  }

  /** A mail of its own for each, so that one address that fails keeps none of the others waiting. */
  private tellAdministrators({ budgetId, organizationId, threshold }: BudgetAlert): Promise<void> {
    return this.uow.run(async () => {
      const administrators = await this.uow.query<{ id: string }>(ADMINISTRATORS, [organizationId]);
      for (const { id: userId } of administrators) {
        await this.mails.request({ kind: 'budget_alert', userId, budgetId, threshold });
      }
    });
  }

  private async deliver(request: AccountMail): Promise<void> {
    const mail = await this.write.execute(request);
    if (!mail) return;
    try {
      await this.mailer.send(mail);
    } catch (error) {
      await this.write.undo(request);
      throw error;
    }
  }
}
