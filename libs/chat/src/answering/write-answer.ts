import { Injectable, Logger } from '@nestjs/common';

import { Clock, DomainError } from '#libs/kernel';
import type { ChatModel, Evidence, ModelChain } from '#libs/llm';

import { withoutText } from '../message/stored-source';
import { traceAnswer } from '../trace/trace-answer';
import { AnswerLedger, type FinishedAnswer } from './answer-ledger';
import { AnswerObserver } from './answer-observer';
import type { AnswerRun } from './answer-run';
import type { AnswerTask } from './answer-task';
import { ChosenModels } from './chosen-models';
import type { Draft } from './draft-answer';
import { evidenceOf } from './evidence-of';
import { FindPassages } from './find-passages';
import { CompareMeaning } from './citations/meaning/compare-meaning';
import { proveDraft } from './citations/prove-draft';
import { together } from './query/together';
import type { FoundSources } from './source-finder';
import { Stopwatch } from './stopwatch';
import { WriteDraft } from './write-draft';

/**
 * Writes one answer from search to storage, telling the run each step. It knows nothing of whoever listens: the run says
 * when to stop.
 */
@Injectable()
export class WriteAnswer {
  private readonly logger = new Logger(WriteAnswer.name);

  constructor(
    private readonly chosen: ChosenModels,
    private readonly passages: FindPassages,
    private readonly drafting: WriteDraft,
    private readonly meaning: CompareMeaning,
    private readonly ledger: AnswerLedger,
    private readonly observer: AnswerObserver,
    private readonly clock: Clock,
  ) {}

  /**
   * Never throws: the last event of the run is `done`, or `error` with the message marked as failed.
   * @param ledger where the answer goes; into its conversation when absent
   */
  async execute(task: AnswerTask, run: AnswerRun, ledger = this.ledger): Promise<void> {
    try {
      await this.write(task, run, ledger);
    } catch (error) {
      await this.fail(error, run, ledger);
    }
  }

  private async write(task: AnswerTask, run: AnswerRun, ledger: AnswerLedger): Promise<void> {
    const watch = new Stopwatch(this.clock);
    const choosing = this.chosen.chainFor(task.principal, task.manner?.model);
    const [found, chain] = await Promise.all([this.find(task, choosing, run.stopped), choosing]);
    watch.retrieved();
    run.emit({ type: 'sources', data: { sources: found.sources } });
    const written = await this.drafting.execute({ task, found, chain }, run.stopped, (text) => {
      watch.wrote();
      run.emit({ type: 'token', data: { text } });
    });
    const draft = { ...written, similarity: await this.meaning.execute(written, found.trace, run.stopped) };
    const evidence = evidenceOf(task.question, found);
    const message = await ledger.finish(
      run.ids.id,
      found.sources.map(({ chunkId }) => chunkId),
      (live) => ({
        ...this.finished(draft, found, live, watch),
        ...evidence,
        ...{ trace: traceAnswer(found, draft, evidence), degraded: reasonsOf(draft, found, task) },
      }),
    );
    run.emit({ type: 'citations', data: { citations: message.citations } });
    run.emit({ type: 'done', data: message });
    this.observer.answered(message);
  }

  private async find(task: AnswerTask, choosing: Promise<ModelChain>, stopped: AbortSignal): Promise<FoundSources> {
    try {
      const model = async (): Promise<ChatModel | undefined> => (await choosing).models[0];
      return await this.passages.execute({ ...task, model }, stopped);
    } catch (error) {
      if (stopped.aborted) return { sources: [], degraded: undefined };
      throw error;
    }
  }

  /** @param live chunks that still exist: nothing else is told or cited */
  private finished(
    draft: Draft,
    { sources, usage: spent }: FoundSources,
    live: ReadonlySet<string>,
    watch: Stopwatch,
  ): Omit<FinishedAnswer, 'degraded' | 'trace' | keyof Evidence> {
    const { provider, model, contextUsed = null, dropped = null } = draft;
    const read = draft.read.filter(({ chunkId }) => live.has(chunkId));
    const proven = proveDraft({ ...draft, read }, (fault) => {
      this.logger.error(fault);
    });
    return {
      status: draft.isStopped ? 'stopped' : 'complete',
      ...proven,
      sources: sources.filter(({ chunkId }) => live.has(chunkId)).map(withoutText),
      ...{ provider, model, usage: together(draft.usage, spent) },
      ...{ contextUsed, dropped, reused: draft.isReused === true },
      timings: watch.timings(),
    };
  }

  private async fail(error: unknown, run: AnswerRun, ledger: AnswerLedger): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'internal';
    if (code === 'internal') this.logger.error(error);
    await ledger.fail(run.ids.id, code).catch((failure: unknown) => this.logger.error(failure));
    run.emit({ type: 'error', error });
  }
}

/** Why the answer is less than it could have been; null when it is not. */
const reasonsOf = (...parts: readonly { readonly degraded?: string | undefined }[]): string | null =>
  parts.flatMap(({ degraded }) => degraded ?? []).join(',') || null;
