import { Injectable, Logger } from '@nestjs/common';

import { LlmConfig } from '#libs/config';
import type { Principal } from '#libs/http';
import { Clock, DomainError, Ids, type Locale } from '#libs/kernel';
import { AnswerModels, NO_ANSWER_TEXT, type ChatRequest, type ChatStyle, type Evidence } from '#libs/llm';

import type { AnswerTimings } from '../message/message.entity';
import { withoutText } from '../message/stored-source';
import type { AnswerTuning } from '../tuning/answer-tuning';
import { TuneAnswer, type TunedSources } from '../tuning/tune-answer';
import { AnswerLedger, type FinishedAnswer } from './answer-ledger';
import { AnswerObserver } from './answer-observer';
import type { AnswerRun } from './answer-run';
import { unproven, verifyCitations, type VerifiedAnswer } from './citation-verifier';
import { DraftAnswer, type Draft } from './draft-answer';
import type { EvidenceSource } from './evidence';
import { evidenceOf } from './evidence-of';
import { inert, InertText } from './inert-text';
import { MarkerFilter } from './marker-filter';
import { buildPrompt, type PastTurn } from './prompt';
import { retrievalQuery } from './retrieval-query';
import { SourceFinder, type FoundSources } from './source-finder';
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
  /** Reason code when the assistant of the conversation is not to be had. */
  readonly degraded?: string | undefined;
  /** Tried in place of what is set for the collection that answers. */
  readonly tuning?: AnswerTuning | undefined;
}

/** What an assistant adds to the writing of an answer. */
export interface AnswerManner {
  readonly instructions: string;
  readonly style: ChatStyle;
}

/** Characters of a nonce: 48 bits from a random UUID. */
const NONCE_LENGTH = 12;

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
 * Writes one answer from search to storage, telling the run each step. Independent of whoever asked: a client that goes away
 * does not stop it.
 */
@Injectable()
export class WriteAnswer {
  private readonly logger = new Logger(WriteAnswer.name);

  constructor(
    private readonly finder: SourceFinder,
    private readonly models: AnswerModels,
    private readonly ledger: AnswerLedger,
    private readonly config: LlmConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly observer: AnswerObserver,
    private readonly tuner: TuneAnswer,
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
    const tuned = await this.tuner.apply(await this.find(task, run.stopped), task.tuning);
    const { found } = tuned;
    watch.retrieved();
    run.emit({ type: 'sources', data: { sources: found.sources } });
    const draft = await this.draft(task, tuned, run, watch);
    const evidence = evidenceOf({ question: task.question, query: this.queryOf(task), found });
    const message = await ledger.finish(
      run.ids.id,
      found.sources.map(({ chunkId }) => chunkId),
      (live) => ({ ...this.finished(draft, found, live, watch), ...evidence, degraded: reasonsOf(draft, found, task) }),
    );
    run.emit({ type: 'citations', data: { citations: message.citations } });
    run.emit({ type: 'done', data: message });
    this.observer.answered(message);
  }

  private async find(task: AnswerTask, stopped: AbortSignal): Promise<FoundSources> {
    try {
      return await this.finder.find(task.principal, this.queryOf(task), task.collectionIds, stopped);
    } catch (error) {
      if (stopped.aborted) return { sources: [], degraded: undefined };
      throw error;
    }
  }

  private queryOf({ question, history }: AnswerTask): string {
    const asked = history.filter(({ role }) => role === 'user').map(({ content }) => content);
    return retrievalQuery(question, asked.toReversed());
  }

  private async draft(task: AnswerTask, tuned: TunedSources, run: AnswerRun, watch: Stopwatch): Promise<Draft> {
    const { sources } = tuned.found;
    const filter = new MarkerFilter((marker) => sources.some((source) => source.marker === marker));
    const shown = new InertText();
    const send = (text: string): void => {
      if (text === '') return;
      watch.wrote();
      run.emit({ type: 'token', data: { text } });
    };
    if (sources.length === 0 || this.isUnsure(task, tuned)) return this.withoutSources(task.locale, send, run);
    const draft = await new DraftAnswer(this.models).write(this.requestOf(task, tuned), run.stopped, (text) =>
      send(shown.push(filter.push(text))),
    );
    send(shown.push(filter.end()) + shown.end());
    return draft;
  }

  private isUnsure(task: AnswerTask, { found, minConfidence }: TunedSources): boolean {
    if (minConfidence === undefined) return false;
    return evidenceOf({ question: task.question, query: this.queryOf(task), found }).confidence < minConfidence;
  }

  /** Nothing was found, or too little: a model would only have its own knowledge to answer from, so none is asked. */
  private withoutSources(locale: Locale, send: (text: string) => void, run: AnswerRun): Draft {
    const isStopped = run.stopped.aborted;
    const text = isStopped ? '' : NO_ANSWER_TEXT[locale];
    const { provider, model } = this.models.extractive;
    const usage = { promptTokens: 0, completionTokens: 0 };
    send(text);
    return { text, provider, model, usage, degraded: undefined, isStopped };
  }

  private requestOf(task: AnswerTask, { found: { sources, termWeight }, minConfidence }: TunedSources): ChatRequest {
    const { question, history, locale, manner } = task;
    const nonce = this.ids.next().replaceAll('-', '').slice(-NONCE_LENGTH);
    const contextTokens = this.config.ollamaContextTokens;
    const { instructions, style } = manner ?? {};
    const turns = buildPrompt({ question, sources, history, locale, nonce, contextTokens, instructions });
    return { turns, question, query: this.queryOf(task), sources, termWeight, minConfidence, locale, style };
  }

  private finished(
    draft: Draft,
    { sources }: FoundSources,
    live: ReadonlySet<string>,
    watch: Stopwatch,
  ): Omit<FinishedAnswer, 'degraded' | keyof Evidence> {
    const remaining = sources.filter(({ chunkId }) => live.has(chunkId));
    const { provider, model, usage } = draft;
    return {
      status: draft.isStopped ? 'stopped' : 'complete',
      ...this.shown(draft.text, remaining),
      sources: remaining.map(withoutText),
      ...{ provider, model, usage },
      timings: watch.timings(),
    };
  }

  /** Whatever a model repeats of a document, nothing of it is a link or an image where it is shown. */
  private shown(text: string, sources: readonly EvidenceSource[]): VerifiedAnswer {
    const verified = this.verify(text, sources);
    const content = inert(verified.content);
    const cited = new Set(verified.citations.map(({ marker }) => marker));
    // Told of the text as it is shown: what makes a link inert may also make it longer.
    return { ...verified, content, unsupported: unsupportedIn(content, (marker) => cited.has(marker)) };
  }

  /** Fails closed: an answer whose citations cannot be trusted is shown without any. */
  private verify(text: string, sources: readonly EvidenceSource[]): VerifiedAnswer {
    try {
      return verifyCitations(text, sources);
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

/** Why the answer is less than it could have been; null when it is not. */
const reasonsOf = (...parts: readonly { readonly degraded?: string | undefined }[]): string | null =>
  parts.flatMap(({ degraded }) => degraded ?? []).join(',') || null;
