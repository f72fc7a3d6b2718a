import { Module } from '@nestjs/common';

import { MailConfig, StorageConfig } from '#libs/config';

import { FolderMailer } from './adapters/folder-mailer';
import { SmtpMailer } from './adapters/smtp-mailer';
import { AccountMails } from './account-mails';
import { Mailer } from './mailer';

/** By the mail server when there is one, else into a folder. */
@Module({
  providers: [
    AccountMails,
    {
      provide: Mailer,
      inject: [MailConfig, StorageConfig],
      useFactory: (mail: MailConfig, storage: StorageConfig): Mailer =>
        mail.smtpUrl === undefined ? new FolderMailer(storage.mailsDirectory, mail.mailFrom) : new SmtpMailer(mail),
    },
  ],
  exports: [AccountMails, Mailer],
})
export class MailModule {}
