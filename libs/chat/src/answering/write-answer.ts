import { Injectable, Logger } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { Clock, DomainError, Ids, type Locale } from '#libs/kernel';
import {
  AnswerModels,
  NO_ANSWER_TEXT,
  type ChatModel,
  type ChatStyle,
  type Evidence,
  type ModelChain,
} from '#libs/llm';

import { traceAnswer } from '../trace/trace-answer';
import type { AnswerTimings } from '../message/message.entity';
import { withoutText } from '../message/stored-source';
import type { Profile } from '../profile/profile';
import type { AnswerTuning } from '../tuning/answer-tuning';
import { TuneAnswer } from '../tuning/tune-answer';
import { AnswerLedger, type FinishedAnswer } from './answer-ledger';
import { AnswerObserver } from './answer-observer';
import type { AnswerRun } from './answer-run';
import { unproven, verifyCitations, type VerifiedAnswer } from './citation-verifier';
import { ChosenModels } from './chosen-models';
import { DraftAnswer, type Draft } from './draft-answer';
import type { EvidenceSource } from './evidence';
import { evidenceOf } from './evidence-of';
import type { PastTurn } from './history';
import { inert, InertText } from './inert-text';
import { MarkerFilter } from './marker-filter';
import { CompareMeaning } from './meaning/compare-meaning';
import { together } from './query/together';
import { requestForTask } from './request-for-task';
import { ReuseDrafts } from './reuse-drafts';
import { SourceFinder, type Asking, type FoundSources } from './source-finder';
import { unsupportedIn } from './unsupported';

/** What is to be answered. */
export interface AnswerTask {
  readonly principal: Principal;
  readonly question: string;
  /** The branch so far, oldest first. */
  readonly history: readonly PastTurn[];
  /** All the caller may read when undefined. */
  readonly collectionIds: readonly string[] | undefined;
  /** Language of the answer. */
  readonly locale: Locale;
  /** How an assistant wants it; none when undefined. */
  readonly manner?: AnswerManner | undefined;
  /** What the person said of himself, for an assistant that takes it into account. */
  readonly profile?: Profile | undefined;
  /** Whether what the model wrote to the very same prompt before will do. */
  readonly reuses?: boolean | undefined;
  /** Reason code when the assistant of the conversation is not to be had. */
  readonly degraded?: string | undefined;
  /** Tried in place of what is set for the collection that answers. */
  readonly tuning?: AnswerTuning | undefined;
}

/** What an assistant adds to the writing of an answer. */
export interface AnswerManner {
  readonly instructions: string;
  readonly style: ChatStyle;
  /** Which model is to answer, as `provider:model`. */
  readonly model?: string | undefined;
}

/** Takes the times of one answer. */
class Stopwatch {
  private readonly startedAt = this.clock.now().getTime();
  private retrievalMs = 0;
  private firstTokenMs: number | null = null;

  constructor(private readonly clock: Clock) {}

  retrieved(): void {
    this.retrievalMs = this.elapsed();
  }

  wrote(): void {
    this.firstTokenMs ??= this.elapsed();
  }

  timings(): AnswerTimings {
    return { retrievalMs: this.retrievalMs, firstTokenMs: this.firstTokenMs, totalMs: this.elapsed() };
  }

  private elapsed(): number {
    return this.clock.now().getTime() - this.startedAt;
  }
}

/**
 * Writes one answer from search to storage, telling the run each step. It knows nothing of whoever listens: the run says
 * when to stop.
 */
@Injectable()
export class WriteAnswer {
  private readonly logger = new Logger(WriteAnswer.name);

  constructor(
    private readonly finder: SourceFinder,
    private readonly models: AnswerModels,
    private readonly ledger: AnswerLedger,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly observer: AnswerObserver,
    private readonly chosen: ChosenModels,
    private readonly drafts: ReuseDrafts,
    private readonly tuner: TuneAnswer,
    private readonly meaning: CompareMeaning,
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
    const first = async (): Promise<ChatModel | undefined> => (await choosing).models[0];
    const [found, chain] = await Promise.all([this.find({ ...task, model: first }, run.stopped), choosing]);
    watch.retrieved();
    run.emit({ type: 'sources', data: { sources: found.sources } });
    const written = await this.draft(task, found, chain, run, watch);
    const draft = { ...written, similarity: await this.meaning.execute(written, found.trace, run.stopped) };
    const evidence = evidenceFor(task, found);
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

  private async find(task: AnswerTask & Pick<Asking, 'model'>, stopped: AbortSignal): Promise<FoundSources> {
    try {
      const previous = task.history.filter(({ role }) => role === 'user').map(({ content }) => content);
      const found = await this.finder.find({ ...task, previous: previous.toReversed() }, stopped);
      return await this.tuner.apply(found, task.tuning);
    } catch (error) {
      if (stopped.aborted) return { sources: [], degraded: undefined };
      throw error;
    }
  }

  private async draft(
    task: AnswerTask,
    found: FoundSources,
    chain: ModelChain,
    run: AnswerRun,
    watch: Stopwatch,
  ): Promise<Draft> {
    const { sources } = found;
    let read: readonly EvidenceSource[] = [];
    const filter = new MarkerFilter((marker) => read.some((source) => source.marker === marker));
    const shown = new InertText();
    const send = (text: string): void => {
      if (text === '') return;
      watch.wrote();
      run.emit({ type: 'token', data: { text } });
    };
    if (sources.length === 0 || this.isUnsure(task, found)) return this.withoutSources(task.locale, send, run);
    const say = (text: string, told: readonly EvidenceSource[]): void => {
      read = told;
      send(shown.push(filter.push(text)));
    };
    const draft = await this.drafts.draft({ task, found, model: chain.models[0] }, () =>
      new DraftAnswer(chain, (model) => requestForTask(this.ids, model, task, found)).write(
        run.stopped,
        (text, asked) => say(text, asked.read),
      ),
    );
    if (draft.isReused) say(draft.text, draft.read);
    send(shown.push(filter.end()) + shown.end());
    return draft;
  }

  private isUnsure(task: AnswerTask, found: FoundSources): boolean {
    if (found.minConfidence === undefined) return false;
    return evidenceFor(task, found).confidence < found.minConfidence;
  }

  /** Nothing was found, or too little: a model would only have its own knowledge to answer from, so none is asked. */
  private withoutSources(locale: Locale, send: (text: string) => void, run: AnswerRun): Draft {
    const isStopped = run.stopped.aborted;
    const text = isStopped ? '' : NO_ANSWER_TEXT[locale];
    const { provider, model } = this.models.extractive;
    const usage = { promptTokens: 0, completionTokens: 0 };
    send(text);
    return { text, provider, model, usage, read: [], degraded: undefined, isStopped };
  }

  private finished(
    draft: Draft,
    { sources, usage: spent }: FoundSources,
    live: ReadonlySet<string>,
    watch: Stopwatch,
  ): Omit<FinishedAnswer, 'degraded' | 'trace' | keyof Evidence> {
    const remaining = sources.filter(({ chunkId }) => live.has(chunkId));
    const { provider, model, contextUsed = null, dropped = null } = draft;
    return {
      status: draft.isStopped ? 'stopped' : 'complete',
      ...this.shown({ ...draft, read: draft.read.filter(({ chunkId }) => live.has(chunkId)) }),
      sources: remaining.map(withoutText),
      ...{ provider, model, usage: together(draft.usage, spent) },
      ...{ contextUsed, dropped, reused: draft.isReused === true },
      timings: watch.timings(),
    };
  }

  /** Whatever a model repeats of a document, nothing of it is a link or an image where it is shown. */
  private shown(draft: Draft): VerifiedAnswer {
    const verified = this.verify(draft);
    const content = inert(verified.content);
    const cited = new Set(verified.citations.map(({ marker }) => marker));
    // Told of the text as it is shown: what makes a link inert may also make it longer.
    return { ...verified, content, unsupported: unsupportedIn(content, (marker) => cited.has(marker)) };
  }

  /** Fails closed: an answer whose citations cannot be trusted is shown without any. */
  private verify({ text, read, similarity }: Draft): VerifiedAnswer {
    try {
      return verifyCitations(text, read, similarity);
    } catch (error) {
      this.logger.error(error);
      return unproven(text);
    }
  }

  private async fail(error: unknown, run: AnswerRun, ledger: AnswerLedger): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'internal';
    if (code === 'internal') this.logger.error(error);
    await ledger.fail(run.ids.id, code).catch((failure: unknown) => this.logger.error(failure));
    run.emit({ type: 'error', error });
  }
}

const evidenceFor = ({ question }: AnswerTask, found: FoundSources): Evidence =>
  evidenceOf({ question, query: found.query ?? question, found });

/** Why the answer is less than it could have been; null when it is not. */
const reasonsOf = (...parts: readonly { readonly degraded?: string | undefined }[]): string | null =>
  parts.flatMap(({ degraded }) => degraded ?? []).join(',') || null;
