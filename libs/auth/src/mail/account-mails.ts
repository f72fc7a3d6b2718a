import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';

import { ACCOUNT_MAIL, type AccountMail } from './account-mail';

/** Asks for a mail in the transaction of the change it tells of: neither exists without the other. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
  ) {}

  request(mail: AccountMail): Promise<void> {
    return this.uow.run(() => this.jobs.enqueue(ACCOUNT_MAIL, mail));
  }
}
