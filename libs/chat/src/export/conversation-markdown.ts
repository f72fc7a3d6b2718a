import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';
import { inert } from '../answering/inert-text';
import { EXPORT_TEXTS, newestBranch, oneLine, placeOf, titleText } from './conversation-text';

/** Addresses that some programs make links of. */
const ADDRESS = /(?<=\b(?:https?|ftp):)\/\/|(?<=\bwww)\.|(?<=\b(?:mailto|xmpp|javascript|data))(?=:)/giu;
const withoutAddresses = (text: string): string => text.replaceAll(ADDRESS, String.raw`\$&`);

/** A text that Markdown shows as it is: neither a link, nor an image, nor HTML. */
const literal = (text: string): string => withoutAddresses(text.replaceAll(/[\\[\]<`]/g, String.raw`\$&`));

const citation = (entry: CitationView, locale: Locale): string =>
  `- [${entry.marker}] ${literal(placeOf(entry, locale))}\n  > ${literal(oneLine(entry.quote))}`;

const answer = ({ content, citations, grounded }: MessageView, locale: Locale): string[] => {
  const { sources, ungrounded } = EXPORT_TEXTS[locale];
  const quotes = citations.map((entry) => citation(entry, locale));
  return [
    withoutAddresses(inert(content)),
    ...(grounded ? [`**${sources}**`, quotes.join('\n')] : [`*${ungrounded}*`]),
  ];
};

/** The newest branch of a conversation as Markdown. @param messages oldest first */
export const conversationMarkdown = (
  conversation: Pick<ConversationView, 'title'>,
  messages: readonly MessageView[],
  locale: Locale,
): string => {
  const blocks = newestBranch(messages).flatMap((message) =>
    message.role === 'user' ? [`## ${literal(oneLine(message.content))}`] : answer(message, locale),
  );
  return `${[`# ${literal(titleText(conversation, locale))}`, ...blocks].join('\n\n')}\n`;
};
