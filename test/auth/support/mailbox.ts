import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { TestApi } from '#test/support/api';

const TRIES = 200;
const PAUSE_MS = 50;

/** Undoes quoted-printable; `=` at the end of a line joins it to the next. */
const decode = (text: string): string => {
  const joined = text.replaceAll(/=\r?\n/g, '');
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

/** The mails a product without a mail server wrote into its data directory. */
export class Mailbox {
  private readonly folder: string;

  constructor(api: TestApi) {
    this.folder = join(api.env['DATA_DIR'] ?? '', 'mails');
  }

  /** Every mail to an address, oldest first, as text with its headers. */
  to(email: string): string[] {
    if (!existsSync(this.folder)) return [];
    const files = readdirSync(this.folder).filter((name) => name.endsWith('.eml'));
    const mails = files.sort().map((name) => decode(readFileSync(join(this.folder, name), 'utf8')));
    return mails.filter((mail) => mail.toLowerCase().includes(`to: ${email.toLowerCase()}`));
  }

  /** Waits for a mail that contains a text. @throws Error when none comes */
  async waitFor(email: string, containing: string): Promise<string> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const mail = this.to(email).findLast((text) => text.includes(containing));
      if (mail !== undefined) return mail;
      await setTimeout(PAUSE_MS);
    }
    throw new Error(`No mail with "${containing}" to ${email}`);
  }

  /** The code that stands alone on a line of a mail. */
  async codeFor(email: string, containing: string): Promise<string> {
    const mail = await this.waitFor(email, containing);
    const [, code] = /^([\w-]{43})\r?$/m.exec(mail) ?? [];
    if (code === undefined) throw new Error('The mail has no code');
    return code;
  }
}
