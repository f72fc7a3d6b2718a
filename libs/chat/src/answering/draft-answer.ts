import { Logger } from '@nestjs/common';

import { ModelUnavailableError, type AnswerModels, type ChatModel, type ChatRequest, type ChatUsage } from '#libs/llm';

/** What a model wrote, before any of it is verified. */
export interface Draft {
  readonly text: string;
  readonly provider: string;
  readonly model: string;
  readonly usage: ChatUsage;
  /** Reason code when the extractive model had to take over. */
  readonly degraded: string | undefined;
  readonly isStopped: boolean;
}

/** Receives the text while it is written; not called for a takeover after the first text. */
export type OnText = (text: string) => void;

/** Milliseconds one answer may take in all: a model that never ends must not write for ever. */
const WRITING_TIMEOUT_MS = 10 * 60_000;
const NO_USAGE: ChatUsage = { promptTokens: 0, completionTokens: 0 };

interface Written {
  text: string;
  usage: ChatUsage;
}

/** The model ended without a word: as much use as one that failed. */
class EmptyAnswerError extends Error {}

const reasonOf = (error: unknown): string => {
  if (error instanceof ModelUnavailableError) return `llm.${error.reason}`;
  if (error instanceof EmptyAnswerError) return 'llm.empty_answer';
  return 'llm.failed';
};

/** Lets the first model answer, and the extractive one when the first fails before or during its answer. */
export class DraftAnswer {
  private readonly logger = new Logger(DraftAnswer.name);

  constructor(private readonly models: AnswerModels) {}

  /**
   * @param stopped aborted when the reader has had enough: what was written so far is the draft
   * @throws whatever the extractive model throws; it needs nothing but its sources
   */
  async write(request: ChatRequest, stopped: AbortSignal, onText: OnText): Promise<Draft> {
    const written: Written = { text: '', usage: NO_USAGE };
    const { primary, extractive } = this.models;
    try {
      await this.stream(primary, request, stopped, written, onText);
      return this.draftOf(primary, written, stopped, undefined);
    } catch (error) {
      if (stopped.aborted) return this.draftOf(primary, written, stopped, undefined);
      const degraded = reasonOf(error);
      this.logger.warn(`${primary.provider}:${primary.model} failed (${degraded}); the extractive answer takes over`);
      return this.takeOver(extractive, request, stopped, degraded, written.text === '' ? onText : () => undefined);
    }
  }

  private async takeOver(
    model: ChatModel,
    request: ChatRequest,
    stopped: AbortSignal,
    degraded: string,
    onText: OnText,
  ): Promise<Draft> {
    const written: Written = { text: '', usage: NO_USAGE };
    await this.stream(model, request, stopped, written, onText);
    return this.draftOf(model, written, stopped, degraded);
  }

  private async stream(
    model: ChatModel,
    request: ChatRequest,
    stopped: AbortSignal,
    written: Written,
    onText: OnText,
  ): Promise<void> {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(WRITING_TIMEOUT_MS)]);
    for await (const event of model.stream({ ...request, signal })) {
      if (event.type === 'end') written.usage = event.usage;
      else {
        written.text += event.text;
        onText(event.text);
      }
    }
    if (written.text.trim() === '' && !stopped.aborted) throw new EmptyAnswerError();
  }

  private draftOf(
    { provider, model }: ChatModel,
    { text, usage }: Written,
    stopped: AbortSignal,
    degraded: string | undefined,
  ): Draft {
    return { text, usage, provider, model, degraded, isStopped: stopped.aborted };
  }
}
