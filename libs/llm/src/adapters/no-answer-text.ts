import type { Locale } from '#libs/kernel';

/** What the extractive model says, word for word and without a marker, when the sources do not answer. */
export const NO_ANSWER_TEXT: Readonly<Record<Locale, string>> = {
  fr: 'Les documents auxquels vous avez accès ne répondent pas à cette question.',
  en: 'The documents you can access do not answer this question.',
};
