import { Injectable, Logger } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { ChosenAssistants } from '../assistant/chosen-assistants';
import type { FromAssistant } from '../assistant/from-assistant';
import {
  AnswerInProgressError,
  AssistantOfConversationError,
  NotAnAnswerError,
  NotAQuestionError,
} from '../chat.errors';
import { titleOf } from '../conversation/conversation-title';
import type { ConversationView } from '../conversation/conversation.view';
import { ConversationsService } from '../conversation/conversations.service';
import { AbandonedAnswers } from '../message/abandoned-answers';
import { Exchanges } from '../message/exchanges';
import { MessagesRepository } from '../message/messages.repository';
import type { AnswerIds } from './answer-events';
import type { AnswerRun } from './answer-run';
import { AnswerRuns } from './answer-runs';
import { combineManners } from './combine-manners';
import { NameConversation } from '../titling/name-conversation';
import type { PastTurn } from './prompt/history';
import { answerLocale } from './query/retrieval-query';
import { SourceFinder } from './source-finder';
import type { AnswerManner, AnswerTask } from './answer-task';
import { WriteAnswer } from './write-answer';

export interface Question {
  readonly content: string;
  /** The answer it follows; null begins a new branch; undefined follows the newest answer. */
  readonly parentId?: string | null | undefined;
  /** For this answer only; the conversation's own when undefined. */
  readonly collectionIds?: readonly string[] | undefined;
  /** Of the conversation that is made for the question. */
  readonly assistantId?: string | undefined;
  /** What was said before, where a client keeps that itself. Only for a question that begins a conversation. */
  readonly history?: readonly PastTurn[] | undefined;
  /** Whether what the model wrote to the very same prompt will do; as the assistant has it when undefined. */
  readonly reuse?: boolean | undefined;
  /** How to answer this one question, over what the assistant wishes. */
  readonly manner?: AnswerManner | undefined;
}

/** A question with what is known before its answer begins. */
type Asked = Question & Pick<AnswerTask, 'history'> & { readonly assistant: FromAssistant };

/** Use case: asks, and starts an answer that is written whether or not anybody keeps listening. */
@Injectable()
export class AnswerQuestion {
  private readonly logger = new Logger(AnswerQuestion.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesRepository,
    private readonly exchanges: Exchanges,
    private readonly abandoned: AbandonedAnswers,
    private readonly finder: SourceFinder,
    private readonly assistants: ChosenAssistants,
    private readonly runs: AnswerRuns,
    private readonly writer: WriteAnswer,
    private readonly naming: NameConversation,
  ) {}

  /**
   * Asks in a conversation of the caller, or in a new one named after the question.
   * @throws ResourceNotFoundError for a conversation or parent that is not the caller's, and an assistant he may not use
   * @throws CollectionNotFoundError for a collection the caller may not read
   * @throws NotAnAnswerError, AnswerInProgressError when the question cannot follow `parentId`
   * @throws AssistantOfConversationError when the question names both a conversation and an assistant
   * @throws TooManyAnswersError, MessagesExhaustedError
   */
  ask(principal: Principal, conversationId: string | undefined, question: Question): Promise<AnswerRun> {
    return this.runs.admit(principal.id, () => this.beginAsking(principal, conversationId, question));
  }

  /**
   * Writes another answer beside an existing one.
   * @throws ResourceNotFoundError, NotAnAnswerError, TooManyAnswersError, MessagesExhaustedError
   */
  regenerate(principal: Principal, answerId: string): Promise<AnswerRun> {
    return this.runs.admit(principal.id, () => this.beginAgain(principal, answerId));
  }

  /**
   * Asks an edited question: a new branch beside the one of the question that was asked.
   * @throws ResourceNotFoundError, NotAQuestionError, TooManyAnswersError, MessagesExhaustedError
   */
  async edit(principal: Principal, questionId: string, content: string): Promise<AnswerRun> {
    const question = await this.messages.getOwn(principal, questionId);
    if (question.role !== 'user') throw new NotAQuestionError(questionId);
    return this.ask(principal, question.conversationId, { content, parentId: question.parentId });
  }

  private async beginAsking(
    principal: Principal,
    conversationId: string | undefined,
    question: Question,
  ): Promise<AnswerRun> {
    if (conversationId === undefined) return this.askInNew(principal, question);
    if (question.assistantId !== undefined) throw new AssistantOfConversationError();
    const conversation = await this.conversations.get(principal, conversationId);
    await this.finder.requireReadable(principal, question.collectionIds ?? []);
    const parentId = await this.parentOf(conversationId, question.parentId);
    const history = await this.messages.branch(principal, parentId);
    const assistant = await this.assistantOf(principal, conversation.assistantId);
    const ids = await this.uow.run(async () => {
      await this.touch(conversation, question.content);
      return this.exchanges.begin(this.place(principal, conversationId), parentId, question.content);
    });
    return this.start(principal, ids, conversation, { ...question, history, assistant });
  }

  private async beginAgain(principal: Principal, answerId: string): Promise<AnswerRun> {
    const answer = await this.messages.getOwn(principal, answerId);
    if (answer.role !== 'assistant' || answer.parentId === null) throw new NotAnAnswerError(answerId);
    const question = await this.messages.getOwn(principal, answer.parentId);
    const conversation = await this.conversations.get(principal, answer.conversationId);
    const history = await this.messages.branch(principal, question.parentId);
    const assistant = await this.assistantOf(principal, conversation.assistantId);
    const ids = await this.uow.run(() =>
      this.exchanges.beginAnswer(this.place(principal, conversation.id), question.id),
    );
    return this.start(principal, ids, conversation, { content: question.content, history, reuse: false, assistant });
  }

  private async askInNew(principal: Principal, question: Question): Promise<AnswerRun> {
    const { content, collectionIds, assistantId, parentId, history = [], manner, reuse } = question;
    if (parentId) throw new ResourceNotFoundError('message', parentId);
    const assistant = await this.assistantOf(principal, assistantId ?? null);
    const [conversation, ids] = await this.uow.run(async () => {
      const created = await this.conversations.create(principal, {
        collectionIds: collectionIds ? [...collectionIds] : null,
        ...(assistantId !== undefined && { assistantId }),
      });
      await this.touch(created, content);
      const exchange = await this.exchanges.begin(this.place(principal, created.id), null, content);
      return [created, exchange] as const;
    });
    return this.start(principal, ids, conversation, { content, history, manner, reuse, assistant });
  }

  private place({ organizationId }: Principal, conversationId: string) {
    return { organizationId, conversationId };
  }

  private async parentOf(conversationId: string, wanted: string | null | undefined): Promise<string | null> {
    if (wanted === null) return null;
    if (wanted === undefined) return this.messages.latestAnswer(conversationId);
    await this.abandoned.markFailed(conversationId);
    const parent = await this.messages.find(conversationId, wanted);
    if (!parent) throw new ResourceNotFoundError('message', wanted);
    if (parent.role !== 'assistant') throw new NotAnAnswerError(wanted);
    if (parent.status === 'writing') throw new AnswerInProgressError(wanted);
    return wanted;
  }

  /** The newest conversation comes first in lists; an unnamed one takes the question as its name. */
  private async touch({ id }: ConversationView, question: string): Promise<void> {
    await this.uow.query(
      `UPDATE conversation SET updated_at = now(), title = CASE WHEN titled_by = 'nobody' THEN $2 ELSE title END,
              titled_by = CASE WHEN titled_by = 'nobody' THEN 'question' ELSE titled_by END WHERE id = $1`,
      [id, titleOf(question)],
    );
  }

  /** Asked for before anything is stored: from then on only the run may fail. One that was disabled or taken back does not keep anybody from asking; the answer says that it did without. */
  private async assistantOf(principal: Principal, assistantId: string | null): Promise<FromAssistant> {
    if (assistantId === null) return {};
    const assistant = await this.assistants.find(principal, assistantId);
    return assistant ?? { degraded: 'assistant.unavailable' };
  }

  private start(
    principal: Principal,
    ids: AnswerIds,
    conversation: ConversationView,
    { content, collectionIds, history, manner, reuse, assistant }: Asked,
  ): AnswerRun {
    const task: AnswerTask = {
      principal,
      question: content,
      history,
      collectionIds: collectionIds ?? conversation.collectionIds ?? assistant.collectionIds,
      locale: answerLocale(content, principal.locale),
      manner: combineManners(assistant.manner, manner),
      degraded: assistant.degraded,
      profile: assistant.profile,
      reuses: reuse ?? assistant.reuses,
    };
    const run = this.runs.start(ids, principal.id, (started) => this.writer.execute(task, started));
    if (conversation.titledBy === 'nobody') this.nameAfter(run, task);
    return run;
  }

  /** Nobody waits for it: without it the conversation keeps its first question as a title. */
  private nameAfter(run: AnswerRun, { principal, question, locale, manner }: AnswerTask): void {
    const { conversationId } = run.ids;
    run.finished
      .then((answer) =>
        this.naming.execute({ principal, conversationId, question, locale, wished: manner?.model }, answer),
      )
      .catch((error: unknown) => this.logger.debug(error));
  }
}
