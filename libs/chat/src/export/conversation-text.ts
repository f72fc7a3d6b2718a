import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';

/** Words around what people and documents say. */
export const EXPORT_TEXTS: Readonly<
  Record<Locale, { untitled: string; sources: string; page: string; ungrounded: string; exported: string }>
> = {
  fr: {
    untitled: 'Conversation',
    sources: 'Sources',
    page: 'p.',
    ungrounded: 'Réponse sans source vérifiée.',
    exported: 'Exporté de MY-IA le',
  },
  en: {
    untitled: 'Conversation',
    sources: 'Sources',
    page: 'p.',
    ungrounded: 'Answer without a verified source.',
    exported: 'Exported from MY-IA on',
  },
};

export const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

export const titleText = ({ title }: Pick<ConversationView, 'title'>, locale: Locale): string =>
  oneLine(title) || EXPORT_TEXTS[locale].untitled;

/** Where a quote stands: `Accord, p. 3`. */
export const placeOf = ({ title, page }: CitationView, locale: Locale): string =>
  page === undefined ? oneLine(title) : `${oneLine(title)}, ${EXPORT_TEXTS[locale].page} ${page}`;

/** From the newest message back to the first: what a reader saw last. @param messages oldest first */
export const newestBranch = (messages: readonly MessageView[]): MessageView[] => {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: MessageView[] = [];
  for (let message = messages.at(-1); message; message = message.parentId ? byId.get(message.parentId) : undefined) {
    branch.unshift(message);
  }
  return branch;
};
