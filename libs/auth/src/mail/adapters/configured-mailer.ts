import { Injectable } from '@nestjs/common';

import { MailConfig, StorageConfig } from '#libs/config';

import { Mailer, type Mail } from '../mailer';
import { FolderMailer } from './folder-mailer';
import { SmtpMailer } from './smtp-mailer';

/** By the mail server there is when a mail is sent, else into a folder; it may change between two mails. */
@Injectable()
export class ConfiguredMailer extends Mailer {
  private current: { readonly smtpUrl: string | undefined; readonly from: string; readonly mailer: Mailer } | undefined;

  constructor(
    private readonly config: MailConfig,
    private readonly storage: StorageConfig,
  ) {
    super();
  }

  override send(mail: Mail): Promise<void> {
    return this.mailer().send(mail);
  }

  private mailer(): Mailer {
    const { smtpUrl, mailFrom: from } = this.config;
    if (this.current?.smtpUrl !== smtpUrl || this.current?.from !== from) {
      const mailer =
        smtpUrl === undefined ? new FolderMailer(this.storage.mailsDirectory, from) : new SmtpMailer(this.config);
      this.current = { smtpUrl, from, mailer };
    }
    return this.current.mailer;
  }
}
