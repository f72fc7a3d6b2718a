import type { SourceState } from '#libs/ingestion';
import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';

/** Words around what people and documents say. */
export const EXPORT_TEXTS: Readonly<
  Record<
    Locale,
    {
      untitled: string;
      sources: string;
      page: string;
      ungrounded: string;
      exported: string;
      sourceNotes: Readonly<Record<SourceState, string>>;
    }
  >
> = {
  fr: {
    untitled: 'Conversation',
    sources: 'Sources',
    page: 'p.',
    ungrounded: 'Réponse sans source vérifiée.',
    exported: 'Exporté de MY-IA le',
    sourceNotes: { current: '', changed: ' (source modifiée depuis)', withdrawn: ' (source retirée depuis)' },
  },
  en: {
    untitled: 'Conversation',
    sources: 'Sources',
    page: 'p.',
    ungrounded: 'Answer without a verified source.',
    exported: 'Exported from MY-IA on',
    sourceNotes: { current: '', changed: ' (source changed since)', withdrawn: ' (source withdrawn since)' },
  },
};

export const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

export const titleText = ({ title }: Pick<ConversationView, 'title'>, locale: Locale): string =>
  oneLine(title) || EXPORT_TEXTS[locale].untitled;

/** Where a quote stands, and whether it still does: `Accord, p. 3`. */
export const placeOf = ({ title, page, source }: CitationView, locale: Locale): string => {
  const { page: pageWord, sourceNotes } = EXPORT_TEXTS[locale];
  const place = page === undefined ? oneLine(title) : `${oneLine(title)}, ${pageWord} ${page}`;
  return place + sourceNotes[source];
};

/** From the newest message back to the first: what a reader saw last. @param messages oldest first */
export const newestBranch = (messages: readonly MessageView[]): MessageView[] => {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: MessageView[] = [];
  for (let message = messages.at(-1); message; message = message.parentId ? byId.get(message.parentId) : undefined) {
    branch.unshift(message);
  }
  return branch;
};
