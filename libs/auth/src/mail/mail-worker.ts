import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { JobQueue } from '#libs/database';

import { ACCOUNT_MAIL, type AccountMail } from './account-mail';
import { Mailer } from './mailer';
import { WriteAccountMail } from './write-account-mail';

/** Writes and sends the mails that were asked for, in the process that includes it. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly write: WriteAccountMail,
    private readonly mailer: Mailer,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(ACCOUNT_MAIL, 1, ({ data }) => this.deliver(data));
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
