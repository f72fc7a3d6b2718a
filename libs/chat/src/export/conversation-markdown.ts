import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';

const TEXTS: Readonly<Record<Locale, { untitled: string; sources: string; page: string; ungrounded: string }>> = {
  fr: { untitled: 'Conversation', sources: 'Sources', page: 'p.', ungrounded: 'Réponse sans source vérifiée.' },
  en: { untitled: 'Conversation', sources: 'Sources', page: 'p.', ungrounded: 'Answer without a verified source.' },
};

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

const citation = ({ marker, title, page, quote }: CitationView, locale: Locale): string => {
  const place = page === undefined ? oneLine(title) : `${oneLine(title)}, ${TEXTS[locale].page} ${page}`;
  return `- [${marker}] ${place}\n  > ${oneLine(quote)}`;
};

const answer = ({ content, citations, grounded }: MessageView, locale: Locale): string[] => {
  const quotes = citations.map((entry) => citation(entry, locale));
  const proof = grounded ? [`**${TEXTS[locale].sources}**`, quotes.join('\n')] : [`*${TEXTS[locale].ungrounded}*`];
  return [content, ...proof];
};

/** From the newest message back to the first: what a reader saw last. */
const newestBranch = (messages: readonly MessageView[]): MessageView[] => {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: MessageView[] = [];
  for (let message = messages.at(-1); message; message = message.parentId ? byId.get(message.parentId) : undefined) {
    branch.unshift(message);
  }
  return branch;
};

/** The newest branch of a conversation as Markdown. @param messages oldest first */
export const conversationMarkdown = (
  { title }: Pick<ConversationView, 'title'>,
  messages: readonly MessageView[],
  locale: Locale,
): string => {
  const blocks = newestBranch(messages).flatMap((message) =>
    message.role === 'user' ? [`## ${oneLine(message.content)}`] : answer(message, locale),
  );
  return `${[`# ${oneLine(title) || TEXTS[locale].untitled}`, ...blocks].join('\n\n')}\n`;
};
