import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { ConversationEntity } from '../conversation/conversation.entity';
import { toConversationView } from '../conversation/conversation.view';
import type { MessageEntity } from '../message/message.entity';
import { CONVERSATIONS_SEARCHED, MessagesRepository } from '../message/messages.repository';
import type { ConversationHitView } from './conversation-hit.view';
import { excerptOf } from './excerpt';
import { findWords, wordsOf } from './find-words';
import type { SearchConversationsDto } from './search-conversations.dto';

/** Words of a query that count. */
const MAX_WORDS = 8;
/** Found messages that are looked at, and found conversations at most: nobody reads on behind them. */
const MAX_FOUND = 200;

type Message = NonNullable<ConversationHitView['message']>;

const toMessage = (message: MessageEntity, words: readonly string[]): Message | undefined => {
  // What is withheld by now holds a notice, which nobody looks for.
  const places = message.isWithheld ? [] : findWords(message.content, words);
  if (places.length === 0) return undefined;
  const { text: excerpt, start, matches } = excerptOf(message.content, places);
  return { id: message.id, role: message.role, createdAt: message.createdAt.toISOString(), excerpt, start, matches };
};

/** Use case: finds the caller's own conversations by words of their titles and messages, the last used first. */
@Injectable()
export class SearchConversations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly messages: MessagesRepository,
  ) {}

  /** `total` counts what was found, 200 at most. What is withheld from the caller by now is not found. */
  async execute(
    principal: Principal,
    { q, page, pageSize }: SearchConversationsDto,
  ): Promise<Page<ConversationHitView>> {
    const words = wordsOf(q, MAX_WORDS);
    const inMessages = await this.inMessages(principal, words);
    const hits = (await this.candidates(principal))
      .map((conversation) => hitOf(conversation, inMessages.get(conversation.id), words))
      .filter(({ message, titleMatches }) => message !== undefined || titleMatches.length > 0)
      .slice(0, MAX_FOUND);
    return { items: hits.slice((page - 1) * pageSize, page * pageSize), page, pageSize, total: hits.length };
  }

  /** The newest message of each conversation that holds the words. */
  private async inMessages(principal: Principal, words: readonly string[]): Promise<ReadonlyMap<string, Message>> {
    const found = new Map<string, Message>();
    for (const message of await this.messages.holding(principal, words, MAX_FOUND)) {
      const shown = toMessage(message, words);
      if (shown && !found.has(message.conversationId)) found.set(message.conversationId, shown);
    }
    return found;
  }

  private candidates({ id: userId, organizationId }: Principal): Promise<ConversationEntity[]> {
    return this.uow.repository(ConversationEntity).find({
      where: { userId, organizationId },
      order: { updatedAt: 'DESC', id: 'ASC' },
      take: CONVERSATIONS_SEARCHED,
    });
  }
}

const hitOf = (
  conversation: ConversationEntity,
  message: Message | undefined,
  words: readonly string[],
): ConversationHitView => ({
  conversation: toConversationView(conversation),
  titleMatches: findWords(conversation.title, words),
  ...(message && { message }),
});
