import { Module } from '@nestjs/common';

import { ConfiguredMailer } from './adapters/configured-mailer';
import { AccountMails } from './account-mails';
import { Mailer } from './mailer';

/** By the mail server when there is one, else into a folder. */
@Module({
  providers: [AccountMails, { provide: Mailer, useClass: ConfiguredMailer }],
  exports: [AccountMails, Mailer],
})
export class MailModule {}
