import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

import { LlmConfig } from '#libs/config';
import { KeyedSlots } from '#libs/kernel';

import { TooManyAnswersError } from '../chat.errors';
import type { AnswerIds } from './answer-events';
import { AnswerRun } from './answer-run';

/** Milliseconds a finished answer can be resumed from memory; later readers get it from the database. */
const KEEP_MS = 5 * 60_000;
/** Finished answers in memory at most: about 30 KB each. */
const KEEP_AT_MOST = 200;
/** Answers one caller may have written at the same time, listened to or not: the model serves everybody. */
const WRITING_PER_CALLER = 20;
/** Milliseconds an answer in progress has to be stored when the process stops. */
const SHUTDOWN_MS = 5_000;

/** The answers this process is writing, or wrote a moment ago. */
@Injectable()
export class AnswerRuns implements BeforeApplicationShutdown {
  private readonly slots = new KeyedSlots(WRITING_PER_CALLER);
  private readonly writing = new Map<string, AnswerRun>();
  private readonly kept = new Map<string, { run: AnswerRun; timer: NodeJS.Timeout }>();

  constructor(private readonly config: LlmConfig) {}

  /**
   * Lets a caller begin an answer if not too many of his are being written.
   * @param begin stores the question and starts the run
   * @throws TooManyAnswersError before anything is stored
   */
  async admit(ownerId: string, begin: () => Promise<AnswerRun>): Promise<AnswerRun> {
    const leave = this.slots.take(ownerId);
    if (!leave) throw new TooManyAnswersError();
    try {
      const run = await begin();
      void run.finished.catch(() => undefined).finally(leave);
      return run;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Starts `write` in the background. It must not throw: the run's last event is its outcome. Aborts `run.stopped` when its readers left. */
  start(ids: AnswerIds, ownerId: string, write: (run: AnswerRun) => Promise<void>): AnswerRun {
    const run = new AnswerRun(ids, ownerId, this.config.answerGraceMs);
    this.writing.set(ids.id, run);
    void write(run)
      .catch((error: unknown) => run.emit({ type: 'error', error }))
      .finally(() => this.keep(run));
    return run;
  }

  /** The run of an answer, unless it is over for long or belongs to another process. */
  find(messageId: string): AnswerRun | undefined {
    return this.writing.get(messageId) ?? this.kept.get(messageId)?.run;
  }

  /** Ids of the answers being written by this process. */
  inProgress(): string[] {
    return [...this.writing.keys()];
  }

  /** Stops what is being written, so that it is stored; readers see a `done`. */
  async beforeApplicationShutdown(): Promise<void> {
    const stopped = [...this.writing.values()].map((run) => run.stop().catch(() => undefined));
    const deadline = new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MS).unref());
    await Promise.race([Promise.all(stopped), deadline]);
    for (const messageId of this.kept.keys()) this.forget(messageId);
  }

  private keep(run: AnswerRun): void {
    const { id } = run.ids;
    this.writing.delete(id);
    const timer = setTimeout(() => this.forget(id), KEEP_MS).unref();
    this.kept.set(id, { run, timer });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEEP_AT_MOST && oldest !== undefined) this.forget(oldest);
  }

  private forget(messageId: string): void {
    clearTimeout(this.kept.get(messageId)?.timer);
    this.kept.delete(messageId);
  }
}
