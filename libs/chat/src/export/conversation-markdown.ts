import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';
import { EXPORT_TEXTS, newestBranch, oneLine, placeOf, titleText } from './conversation-text';

const citation = (entry: CitationView, locale: Locale): string =>
  `- [${entry.marker}] ${placeOf(entry, locale)}\n  > ${oneLine(entry.quote)}`;

const answer = ({ content, citations, grounded }: MessageView, locale: Locale): string[] => {
  const { sources, ungrounded } = EXPORT_TEXTS[locale];
  const quotes = citations.map((entry) => citation(entry, locale));
  return [content, ...(grounded ? [`**${sources}**`, quotes.join('\n')] : [`*${ungrounded}*`])];
};

/** The newest branch of a conversation as Markdown. @param messages oldest first */
export const conversationMarkdown = (
  conversation: Pick<ConversationView, 'title'>,
  messages: readonly MessageView[],
  locale: Locale,
): string => {
  const blocks = newestBranch(messages).flatMap((message) =>
    message.role === 'user' ? [`## ${oneLine(message.content)}`] : answer(message, locale),
  );
  return `${[`# ${titleText(conversation, locale)}`, ...blocks].join('\n\n')}\n`;
};
