import { Injectable } from '@nestjs/common';

import { RequestContext, type Principal } from '#libs/http';

import { ConversationsService } from '../conversation/conversations.service';
import { toMessageView } from '../message/message.view';
import { MessagesRepository } from '../message/messages.repository';
import { conversationMarkdown } from './conversation-markdown';
import type { ExportFormat } from './export-query.dto';

export interface ExportedConversation {
  readonly filename: string;
  readonly mediaType: string;
  readonly body: string;
}

/** Use case: a conversation to keep or to hand on. */
@Injectable()
export class ExportConversation {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesRepository,
    private readonly context: RequestContext,
  ) {}

  /** Markdown holds the newest branch, JSON every message. @throws ResourceNotFoundError */
  async execute(principal: Principal, id: string, format: ExportFormat): Promise<ExportedConversation> {
    const conversation = await this.conversations.get(principal, id);
    const messages = (await this.messages.all(principal, id)).map(toMessageView);
    const filename = `conversation-${id}.${format}`;
    return format === 'json'
      ? { filename, mediaType: 'application/json; charset=utf-8', body: JSON.stringify({ conversation, messages }) }
      : {
          filename,
          mediaType: 'text/markdown; charset=utf-8',
          body: conversationMarkdown(conversation, messages, this.context.locale),
        };
  }
}
