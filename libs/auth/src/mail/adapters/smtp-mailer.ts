import { createTransport, type Transporter } from 'nodemailer';

import type { MailConfig } from '#libs/config';

import { Mailer, type Mail } from '../mailer';

/** Milliseconds: a mail server that does not answer must not hold a worker. */
const TIMEOUT_MS = 15_000;

/** Sends through the mail server of `SMTP_URL`; `smtps:` is encrypted from the start, `smtp:` as soon as the server can. */
export class SmtpMailer extends Mailer {
  private readonly transport: Transporter;

  constructor({ mailFrom, smtpUrl }: MailConfig) {
    super();
    const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    this.transport = createTransport({ url: smtpUrl, ...timeouts }, { from: mailFrom });
  }

  override async send(mail: Mail): Promise<void> {
    await this.transport.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
  }
}
