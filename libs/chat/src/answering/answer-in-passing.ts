import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import type { Principal } from '#libs/http';

import { ChosenAssistants } from '../assistant/chosen-assistants';
import type { FromAssistant } from '../assistant/from-assistant';
import { PassingAnswers } from '../message/passing-answers';
import type { AnswerTuning } from '../tuning/answer-tuning';
import type { AnswerRun } from './answer-run';
import { AnswerRuns } from './answer-runs';
import { combineManners } from './combine-manners';
import type { PastTurn } from './prompt/history';
import { answerLocale } from './query/retrieval-query';
import { SourceFinder } from './source-finder';
import type { AnswerManner, AnswerTask } from './answer-task';
import { WriteAnswer } from './write-answer';

/** A question of a client that keeps the conversation itself. */
export interface PassingQuestion {
  readonly content: string;
  /** What was said before, oldest first. */
  readonly history: readonly PastTurn[];
  /** The assistant's, or all the caller may read, when undefined. */
  readonly collectionIds?: readonly string[] | undefined;
  readonly assistantId?: string | undefined;
  readonly manner?: AnswerManner | undefined;
  /** Tried in place of what is set. */
  readonly tuning?: AnswerTuning | undefined;
}

/**
 * Use case: answers a question that belongs to no conversation of ours. Searched, written, verified, limited and counted as
 * any other; nothing of what was asked and answered is stored.
 */
@Injectable()
export class AnswerInPassing {
  constructor(
    private readonly answers: PassingAnswers,
    private readonly finder: SourceFinder,
    private readonly assistants: ChosenAssistants,
    private readonly runs: AnswerRuns,
    private readonly writer: WriteAnswer,
  ) {}

  /**
   * @throws CollectionNotFoundError for a collection the caller may not read
   * @throws ResourceNotFoundError for an assistant he may not use
   * @throws TooManyAnswersError, MessagesExhaustedError, BudgetExhaustedError
   */
  ask(principal: Principal, question: PassingQuestion): Promise<AnswerRun> {
    return this.runs.admit(principal.id, () => this.begin(principal, question));
  }

  private async begin(principal: Principal, question: PassingQuestion): Promise<AnswerRun> {
    await this.finder.requireReadable(principal, question.collectionIds ?? []);
    const assistant = await this.assistantOf(principal, question.assistantId);
    const ledger = await this.answers.begin(principal);
    const ids = { id: ledger.bill.answerId, conversationId: '', parentId: '' };
    const task = taskOf(principal, question, assistant);
    return this.runs.start(ids, principal.id, (run) => this.writer.execute(task, run, ledger));
  }

  private async assistantOf(principal: Principal, id: string | undefined): Promise<FromAssistant> {
    if (id === undefined) return {};
    const assistant = await this.assistants.find(principal, id);
    if (!assistant) throw new ResourceNotFoundError('assistant', id);
    return assistant;
  }
}

const taskOf = (principal: Principal, question: PassingQuestion, assistant: FromAssistant): AnswerTask => ({
  principal,
  question: question.content,
  history: question.history,
  collectionIds: question.collectionIds ?? assistant.collectionIds,
  locale: answerLocale(question.content, principal.locale),
  manner: combineManners(assistant.manner, question.manner),
  tuning: question.tuning,
  profile: assistant.profile,
  reuses: assistant.reuses,
});
