import { Injectable } from '@nestjs/common';

import { requireFeature, RequestContext, type Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { ConversationTooLongError } from '../chat.errors';
import { ConversationsService } from '../conversation/conversations.service';
import type { ConversationView } from '../conversation/conversation.view';
import { toMessageView, type MessageView } from '../message/message.view';
import { MessagesRepository } from '../message/messages.repository';
import { conversationMarkdown } from './conversation-markdown';
import { conversationPdf } from './conversation-pdf';
import { newestBranch } from './conversation-text';
import { PdfFiles, pdfKey, type DrawnConversation } from './pdf-files';
import type { ExportFormat } from './export-query.dto';

/** Characters of a PDF, some 300 pages: drawing takes about a second and its pages stay in memory until the end. */
const MAX_CHARACTERS = 1_000_000;

export interface ExportedConversation {
  readonly filename: string;
  readonly mediaType: string;
  readonly body: string | Buffer;
}

const charactersOf = (messages: readonly MessageView[]): number =>
  messages.reduce(
    (sum, { content, citations }) =>
      sum + content.length + citations.reduce((quoted, { quote, title }) => quoted + quote.length + title.length, 0),
    0,
  );

/** Use case: a conversation to keep or to hand on. */
@Injectable()
export class ExportConversation {
  private readonly files = new PdfFiles();

  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesRepository,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * Markdown and PDF hold the newest branch, JSON every message.
   * @throws ResourceNotFoundError
   * @throws FeatureMissingError, ConversationTooLongError for a PDF
   */
  async execute(principal: Principal, id: string, format: ExportFormat): Promise<ExportedConversation> {
    if (format === 'pdf') requireFeature(principal, 'pdf-export');
    const conversation = await this.conversations.get(principal, id);
    const messages = (await this.messages.all(principal, id)).map(toMessageView);
    return { filename: `conversation-${id}.${format}`, ...(await this.write(format, conversation, messages)) };
  }

  private draw(drawn: DrawnConversation): Promise<Buffer> {
    const { conversation, messages, locale, now } = drawn;
    return this.files.get(pdfKey(drawn), () => conversationPdf(conversation, messages, { locale, now }));
  }

  private async write(
    format: ExportFormat,
    conversation: ConversationView,
    messages: readonly MessageView[],
  ): Promise<Omit<ExportedConversation, 'filename'>> {
    const { locale } = this.context;
    switch (format) {
      case 'json':
        return { mediaType: 'application/json; charset=utf-8', body: JSON.stringify({ conversation, messages }) };
      case 'md':
        return {
          mediaType: 'text/markdown; charset=utf-8',
          body: conversationMarkdown(conversation, messages, locale),
        };
      case 'pdf':
        if (charactersOf(newestBranch(messages)) > MAX_CHARACTERS)
          throw new ConversationTooLongError({ limit: MAX_CHARACTERS });
        return {
          mediaType: 'application/pdf',
          body: await this.draw({ conversation, messages, locale, now: this.clock.now() }),
        };
    }
  }
}
