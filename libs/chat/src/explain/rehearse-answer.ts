import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';
import { NO_ANSWER_TEXT, type ChatModel } from '#libs/llm';
import { BudgetWatch, UsageMeter } from '#libs/plans';
import { SearchDocuments, type ExplainedSearch } from '#libs/retrieval';

import type { AnswerTask } from '../answering/answer-task';
import { ChosenModels } from '../answering/chosen-models';
import type { Draft } from '../answering/draft-answer';
import { evidenceOf } from '../answering/evidence-of';
import { FindPassages } from '../answering/find-passages';
import { estimatePrompt, type ModelRequest } from '../answering/prompt/model-request';
import { requestForTask } from '../answering/prompt/request-for-task';
import type { FoundSources } from '../answering/source-finder';
import { traceAnswer } from '../trace/trace-answer';

/** Nobody waits for an explanation longer; the searches end by themselves long before. */
const TIMEOUT_MS = 60_000;

/** How far to look, and for whom. */
export interface Rehearsal {
  readonly limit?: number | undefined;
  readonly payerId?: string | undefined;
}

type Rehearsed = Pick<Draft, 'text' | 'provider' | 'model' | 'contextUsed' | 'dropped'>;

/**
 * Use case: goes through an answer up to the prompt of the model that would write it, and asks that model for nothing but the
 * query. The search, what is set for the collection, the threshold and the room in the window are those of the real answer.
 */
@Injectable()
export class RehearseAnswer {
  constructor(
    private readonly passages: FindPassages,
    private readonly search: SearchDocuments,
    private readonly chosen: ChosenModels,
    private readonly ids: Ids,
    private readonly uow: UnitOfWork,
    private readonly budgets: BudgetWatch,
    private readonly usage: UsageMeter,
  ) {}

  /**
   * @param limit passages to look for; as many as an answer looks for when undefined
   * @param payerId whose use of a model it is; the asker's own when undefined
   * @throws BudgetExhaustedError when a model has to write the query and nothing is left to pay it
   */
  async execute(task: AnswerTask, { limit, payerId = task.principal.id }: Rehearsal): Promise<ExplainedSearch> {
    const { principal, question, collectionIds } = task;
    const { models } = await this.chosen.chainFor(principal, task.manner?.model);
    const [model] = models;
    const found = await this.find(task, model, limit);
    if (model) await this.count({ ...principal, id: payerId }, model, found);
    const evidence = evidenceOf(question, found);
    const trace = model && traceAnswer(found, await this.rehearse(model, task, found, evidence.confidence), evidence);
    return { trace: trace ?? (await this.nothingSearched(task)), collectionIds };
  }

  private find(task: AnswerTask, model: ChatModel | undefined, limit?: number): Promise<FoundSources> {
    const { organizationId } = task.principal;
    const writer = async (): Promise<ChatModel | undefined> => {
      if (model?.provider !== 'builtin') await this.budgets.requireLeft(organizationId);
      return model;
    };
    return this.passages.execute({ ...task, model: writer, limit }, AbortSignal.timeout(TIMEOUT_MS));
  }

  /** Tokens a query took are paid for, whatever it is for. */
  private async count(
    { id: userId, organizationId }: Pick<Principal, 'id' | 'organizationId'>,
    { provider, model }: ChatModel,
    { usage }: FoundSources,
  ): Promise<void> {
    if (!usage || usage.promptTokens + usage.completionTokens === 0) return;
    await this.uow.run(() => this.usage.record({ organizationId, userId, kind: 'chat', provider, model, ...usage }));
  }

  /** What the model would write, as far as that is known without it: nothing where it would not be asked. */
  private async rehearse(
    model: ChatModel,
    task: AnswerTask,
    found: FoundSources,
    confidence: number,
  ): Promise<Rehearsed> {
    const of = { provider: model.provider, model: model.model };
    const { minConfidence = 0 } = found;
    if (found.sources.length === 0 || confidence < minConfidence) return { ...of, text: NO_ANSWER_TEXT[task.locale] };
    const asked = await requestForTask(this.ids, model, task, found);
    if (model.provider === 'builtin') return { ...of, text: await textOf(model, asked) };
    const { windowTokens, dropped, request } = asked;
    if (windowTokens === undefined) return { ...of, text: '' };
    return { ...of, text: '', dropped, contextUsed: { promptTokens: estimatePrompt(request), windowTokens } };
  }

  /** All collections that were named are gone. */
  private async nothingSearched({ principal, question }: AnswerTask): Promise<ExplainedSearch['trace']> {
    const { trace } = await this.search.trace(principal, { query: question, collectionIds: [] });
    return trace;
  }
}

/** Of the extractive model, which costs nobody anything and needs no server. */
const textOf = async (model: ChatModel, { request }: ModelRequest): Promise<string> => {
  let text = '';
  for await (const event of model.stream(request)) if (event.type === 'text') text += event.text;
  return text;
};
