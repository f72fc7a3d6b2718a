import { Logger } from '@nestjs/common';

import { ModelUnavailableError, type AnswerModels, type ChatModel, type ChatRequest, type ChatUsage } from '#libs/llm';

import { estimateTokens } from './token-estimate';

/** What a model wrote, before any of it is verified. */
export interface Draft {
  readonly text: string;
  readonly provider: string;
  readonly model: string;
  readonly usage: ChatUsage;
  /** Reason code when the extractive model had to take over. */
  readonly degraded: string | undefined;
  readonly isStopped: boolean;
  /** Written before, for the very same prompt. */
  readonly isReused?: boolean;
}

/** Receives the text while it is written; not called for a takeover after the first text. */
export type OnText = (text: string) => void;

/** Milliseconds one answer may take in all: a model that never ends must not write for ever. */
const WRITING_TIMEOUT_MS = 10 * 60_000;

interface Written {
  text: string;
  /** Undefined until the model has ended. */
  usage: ChatUsage | undefined;
}

/** Of an answer that was stopped: a model that did not end did not say what it used, and it is paid for all the same. */
const estimateUsage = ({ turns }: ChatRequest, text: string): ChatUsage => ({
  promptTokens: turns.reduce((sum, { content }) => sum + estimateTokens(content), 0),
  completionTokens: estimateTokens(text),
});

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
    const written: Written = { text: '', usage: undefined };
    const { primary, extractive } = this.models;
    try {
      await this.stream(primary, request, stopped, written, onText);
      return this.draftOf(primary, request, written, stopped);
    } catch (error) {
      if (stopped.aborted) return this.draftOf(primary, request, written, stopped);
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
    const written: Written = { text: '', usage: undefined };
    await this.stream(model, request, stopped, written, onText);
    return { ...this.draftOf(model, request, written, stopped), degraded };
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
    request: ChatRequest,
    { text, usage = estimateUsage(request, text) }: Written,
    stopped: AbortSignal,
  ): Draft {
    return { text, usage, provider, model, degraded: undefined, isStopped: stopped.aborted };
  }
}
