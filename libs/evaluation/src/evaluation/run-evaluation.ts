import { Injectable, Logger } from '@nestjs/common';

import { AnswerInPassing } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, DomainError, type Locale } from '#libs/kernel';
import { SearchDocuments } from '#libs/retrieval';

import { EvaluatorGoneError } from '../evaluation.errors';
import { GoldenSetEntity } from '../golden-set/golden-set.entity';
import { EvaluationAnswers, type OpenQuestion } from './evaluation-answers';
import { EvaluationEntity } from './evaluation.entity';
import type { AnswerFigures } from './figures';
import { judgeAnswer } from './judge-answer';
import { sumFigures } from './sum-figures';

const DEPTH = 10;

/** Whoever asked for it, as he is now. */
const EVALUATOR = `
  SELECT id, locale FROM app_user
   WHERE id = $1 AND organization_id = $2 AND role IN ('admin', 'superuser') AND disabled_at IS NULL`;

type Outcome = Partial<Pick<EvaluationEntity, 'status' | 'figures' | 'failureCode'>>;

const isOver = ({ status }: EvaluationEntity): boolean => status === 'complete' || status === 'failed';

/** Use case, run as a job: asks the questions of a golden set like any other, stores nothing of the answers but how they fared. */
@Injectable()
export class RunEvaluation {
  private readonly logger = new Logger(RunEvaluation.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly answers: EvaluationAnswers,
    private readonly search: SearchDocuments,
    private readonly asking: AnswerInPassing,
  ) {}

  /** Goes on where a former attempt ended. Never throws but when aborted: a failure is the evaluation's outcome. */
  async execute(id: string, signal: AbortSignal): Promise<void> {
    const evaluation = await this.uow.repository(EvaluationEntity).findOneBy({ id });
    if (!evaluation || isOver(evaluation)) return;
    await this.set(id, { status: 'running', startedAt: evaluation.startedAt ?? this.clock.now() });
    await this.set(id, { ...(await this.outcomeOf(evaluation, signal)), completedAt: this.clock.now() });
  }

  private async outcomeOf(evaluation: EvaluationEntity, signal: AbortSignal): Promise<Outcome> {
    try {
      await this.askAll(evaluation, signal);
      const rows = await this.answers.all(evaluation.id);
      return { status: 'complete', figures: sumFigures([...rows.values()]) };
    } catch (error) {
      if (signal.aborted) throw error;
      return { status: 'failed', failureCode: this.codeOf(error) };
    }
  }

  private codeOf(error: unknown): string {
    if (error instanceof DomainError) return error.code;
    this.logger.error(error);
    return 'internal';
  }

  private async askAll(evaluation: EvaluationEntity, signal: AbortSignal): Promise<void> {
    const caller = await this.evaluatorOf(evaluation);
    const { collectionIds } = await this.uow
      .repository(GoldenSetEntity)
      .findOneByOrFail({ id: evaluation.goldenSetId });
    for (;;) {
      signal.throwIfAborted();
      const question = await this.answers.next(evaluation.id);
      if (!question) return;
      const figures = await this.ask(caller, question, { collectionIds, tuning: evaluation.settings ?? undefined });
      await this.answers.keep(evaluation.id, question.id, figures);
    }
  }

  private async ask(
    caller: Principal,
    question: OpenQuestion,
    scope: Pick<Parameters<AnswerInPassing['ask']>[1], 'collectionIds' | 'tuning'>,
  ): Promise<AnswerFigures> {
    const { question: content } = question;
    const { hits } = await this.search.execute(caller, {
      ...{ query: content, collectionIds: scope.collectionIds, limit: DEPTH },
    });
    const run = await this.asking.ask(caller, { content, history: [], ...scope });
    return judgeAnswer(question, hits, await run.finished);
  }

  private async evaluatorOf({ id, organizationId, requestedBy }: EvaluationEntity): Promise<Principal> {
    const [user] = await this.uow.query<{ id: string; locale: Locale }>(EVALUATOR, [requestedBy, organizationId]);
    if (!user) throw new EvaluatorGoneError();
    return { ...user, organizationId, role: 'admin', sessionId: id };
  }

  /** Not `save`: it may have been deleted meanwhile. */
  private async set(id: string, changes: Partial<EvaluationEntity>): Promise<void> {
    await this.uow.repository(EvaluationEntity).update({ id }, changes);
  }
}
