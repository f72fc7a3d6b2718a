import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { requireScope, type Principal } from '#libs/http';
import { ReadableCollections } from '#libs/ingestion';

import { answerLocale } from '../answering/query/retrieval-query';
import { SourceFinder } from '../answering/source-finder';
import type { AnswerTask } from '../answering/answer-task';
import { ChosenAssistants } from '../assistant/chosen-assistants';
import type { FromAssistant } from '../assistant/from-assistant';
import { NotAnAnswerError } from '../chat.errors';
import type { ConversationView } from '../conversation/conversation.view';
import { ConversationsService } from '../conversation/conversations.service';
import { MessagesRepository } from '../message/messages.repository';

/** A question, and where it would be asked: in no conversation when neither is named. */
export interface AskedWhere {
  readonly query: string;
  readonly collectionIds?: readonly string[] | undefined;
  /** Next in this conversation. */
  readonly conversationId?: string | undefined;
  /** In the place of the question that this answer answers. */
  readonly answerId?: string | undefined;
}

interface Place {
  readonly conversation?: Pick<ConversationView, 'collectionIds' | 'assistantId'>;
  readonly history: AnswerTask['history'];
}

/** Makes of a question what asking it there would make: with its history, its assistant and its collections. */
@Injectable()
export class PlaceQuestion {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesRepository,
    private readonly assistants: ChosenAssistants,
    private readonly finder: SourceFinder,
    private readonly collections: ReadableCollections,
  ) {}

  /**
   * @throws CollectionNotFoundError for a named collection that the caller may not read
   * @throws ResourceNotFoundError for a conversation or an answer that is not the caller's
   * @throws NotAnAnswerError when `answerId` names a question
   * @throws ScopeMissingError for an API key that may search and not chat
   */
  async execute(principal: Principal, asked: AskedWhere): Promise<AnswerTask> {
    const { query: question, collectionIds } = asked;
    await this.finder.requireReadable(principal, collectionIds ?? []);
    const { conversation, history } = await this.placeOf(principal, asked);
    const assistant = await this.assistantOf(principal, conversation?.assistantId);
    const wanted = collectionIds ?? conversation?.collectionIds ?? assistant.collectionIds;
    return {
      ...{ principal, question, history, manner: assistant.manner, profile: assistant.profile },
      collectionIds: wanted && (await this.stillReadable(principal, wanted)),
      locale: answerLocale(question, principal.locale),
    };
  }

  private async placeOf(principal: Principal, { conversationId, answerId }: AskedWhere): Promise<Place> {
    if (conversationId === undefined && answerId === undefined) return { history: [] };
    requireScope(principal, 'chat');
    if (answerId !== undefined) return this.placeOfAnswer(principal, answerId, conversationId);
    const conversation = await this.conversations.get(principal, conversationId ?? '');
    const last = await this.messages.latestAnswer(conversation.id);
    return { conversation, history: await this.messages.branch(principal, last) };
  }

  private async placeOfAnswer(principal: Principal, id: string, within: string | undefined): Promise<Place> {
    const { role, parentId, conversationId } = await this.messages.getOwn(principal, id);
    if (within !== undefined && within.toLowerCase() !== conversationId) throw new ResourceNotFoundError('message', id);
    if (role !== 'assistant' || parentId === null) throw new NotAnAnswerError(id);
    const question = await this.messages.getOwn(principal, parentId);
    const conversation = await this.conversations.get(principal, conversationId);
    return { conversation, history: await this.messages.branch(principal, question.parentId) };
  }

  private async assistantOf(principal: Principal, id: string | null | undefined): Promise<FromAssistant> {
    return (id && (await this.assistants.find(principal, id))) || {};
  }

  /** What a conversation names may have been taken back since. */
  private async stillReadable(principal: Principal, wanted: readonly string[]): Promise<string[]> {
    const readable = new Set((await this.collections.list(principal)).map(({ id }) => id));
    return wanted.map((id) => id.toLowerCase()).filter((id) => readable.has(id));
  }
}
