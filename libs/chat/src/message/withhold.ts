import type { Locale } from '#libs/kernel';

import type { MessageEntity } from './message.entity';

type Answer = Pick<MessageEntity, 'citations' | 'sources'> & { readonly erasedAt?: Date | null };

const NOTICE: Readonly<Record<Locale, string>> = {
  fr: 'Cette réponse s’appuyait sur des documents que vous ne pouvez plus lire. Posez la question de nouveau.',
  en: 'This answer rested on documents you may no longer read. Ask the question again.',
};

/** Every document an answer speaks of. */
export const documentsOf = ({ citations, sources }: Answer): string[] =>
  [...citations, ...sources].map(({ documentId }) => documentId);

/** What an answer rests on: what it cites, or what it was given where it cites nothing. */
const restsOn = ({ citations, sources }: Answer): string[] =>
  (citations.length > 0 ? citations : sources).map(({ documentId }) => documentId);

/** Whether all it rests on is there to be seen. What an erased document left of an answer rests on nothing. */
export const restsOnReadable = (answer: Answer, readable: ReadonlySet<string>): boolean =>
  answer.erasedAt == null && restsOn(answer).every((id) => readable.has(id));

/**
 * An answer as somebody may read it who may now read these documents only. An answer repeats its documents, so one that
 * rests on another document is withheld whole; documents it merely found are left out of its sources.
 */
export const withhold = <M extends MessageEntity>(message: M, readable: ReadonlySet<string>, locale: Locale): M => {
  const sources = message.sources.filter(({ documentId }) => readable.has(documentId));
  if (restsOnReadable(message, readable)) return Object.assign(message, { sources });
  return withholdWhole(Object.assign(message, { sources }), locale);
};

/** An answer of which nothing is said but that it was one. */
export const withholdWhole = <M extends MessageEntity>(message: M, locale: Locale): M => {
  const nothing = { citations: [], unsupported: [], highlights: [], grounded: false };
  return Object.assign(message, { ...nothing, content: NOTICE[locale], isWithheld: true });
};
