import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Logger } from '@nestjs/common';
import { createTransport } from 'nodemailer';

import { Mailer, type Mail } from '../mailer';

/** The codes in older mails have long expired. */
const KEEP_MS = 7 * 86_400_000;

/** Writes mails as files any mail program opens: for a machine without a mail server. Readable by their owner only. */
export class FolderMailer extends Mailer {
  private readonly logger = new Logger(FolderMailer.name);
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  override async send(mail: Mail): Promise<void> {
    const { message } = await this.composer.sendMail({ ...mail, from: this.from, textEncoding: 'quoted-printable' });
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.dropOld();
    const file = join(this.folder, `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`);
    await writeFile(file, message as Buffer, { mode: 0o600, flag: 'wx' });
    this.logger.warn(`A mail waits in ${file}: SMTP_URL names no mail server`);
  }

  private async dropOld(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const file = join(this.folder, name);
      const { mtimeMs } = await stat(file);
      if (name.endsWith('.eml') && mtimeMs < Date.now() - KEEP_MS) await rm(file, { force: true });
    }
  }
}
