import type { Environment } from '#libs/config';
import { LOCALES, type Locale } from '#libs/kernel';

import { given } from './given';

/** Language of the launcher's own lines: DEFAULT_LOCALE, else the terminal's, else French. */
export const languageOf = (env: Environment): Locale => {
  const wanted = [env.DEFAULT_LOCALE, env.LC_ALL, env.LC_MESSAGES, env.LANG].map(given);
  const known = wanted.map((tag) => LOCALES.find((locale) => tag?.toLowerCase().startsWith(locale)));
  return known.find((locale) => locale !== undefined) ?? 'fr';
};
