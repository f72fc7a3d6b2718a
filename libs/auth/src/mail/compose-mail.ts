import type { Locale } from '#libs/kernel';

import { MAIL_TEXTS, type MailTemplate } from './mail-texts';
import type { Mail } from './mailer';

/** What a template may name. */
export interface MailValues {
  readonly name?: string;
  /** Alone on its line, so that it can be copied. */
  readonly code?: string;
  readonly minutes?: number;
  readonly days?: number;
  /** Name of a budget. */
  readonly budget?: string;
  readonly percent?: number;
  readonly spent?: string;
  readonly amount?: string;
  readonly currency?: string;
}

/** Line ends in a name would otherwise make lines of ours. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** A mail in the language of its reader. */
export const composeMail = (to: string, template: MailTemplate, locale: Locale, values: MailValues): Mail => {
  const { subject, body } = MAIL_TEXTS[template][locale];
  const given = { ...values, name: oneLine(values.name ?? ''), budget: oneLine(values.budget ?? '') };
  const texts = new Map(Object.entries(given).map(([name, value]) => [name, String(value)]));
  const fill = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => texts.get(name) ?? '');
  return { to, subject: fill(subject), text: `${fill(body)}\n` };
};

/** The code and, where people have a web application, a link whose fragment no server logs. */
export const codeBlock = (code: string, page: string, publicUrl: string | undefined): string =>
  publicUrl === undefined ? code : `${code}\n\n${publicUrl.replace(/\/+$/, '')}/${page}#code=${code}`;
