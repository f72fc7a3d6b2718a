import { Logger } from '@nestjs/common';

import { ModelUnavailableError, type ChatModel, type ChatUsage, type ModelChain } from '#libs/llm';

import type { EvidenceSource } from './citations/evidence';
import { contextUsed, estimatePrompt, type ContextUsed, type Dropped, type ModelRequest } from './prompt/model-request';
import type { Similarity } from './citations/meaning/similarity';
import { estimateTokens } from './prompt/token-estimate';

/** What a model wrote, before any of it is verified. */
export interface Draft {
  readonly text: string;
  readonly provider: string;
  readonly model: string;
  readonly usage: ChatUsage;
  /** What the model had read: nothing else can be cited. */
  readonly read: readonly EvidenceSource[];
  /** Absent where the model has no window. */
  readonly contextUsed?: ContextUsed | undefined;
  readonly dropped?: Dropped | undefined;
  /** Reason codes of the models that could not answer, separated by commas. */
  readonly degraded: string | undefined;
  readonly isStopped: boolean;
  /** Written before, for the very same prompt. */
  readonly isReused?: boolean;
  /** What was compared of it by meaning; absent until then. */
  readonly similarity?: Similarity;
}

/** Receives the text while it is written, with the request it answers; not called for a takeover after the first text. */
export type OnText = (text: string, asked: ModelRequest) => void;

/** Makes the request for one model of the chain. */
export type RequestFor = (model: ChatModel) => Promise<ModelRequest>;

/** Milliseconds one answer may take in all: a model that never ends must not write for ever. */
const WRITING_TIMEOUT_MS = 10 * 60_000;

interface Written {
  readonly model: ChatModel;
  readonly asked: ModelRequest;
  text: string;
  /** Undefined until the model has ended. */
  usage: ChatUsage | undefined;
}

/** Of an answer that was stopped: a model that did not end did not say what it used, and it is paid for all the same. */
const estimateUsage = ({ asked, text }: Written): ChatUsage => ({
  promptTokens: estimatePrompt(asked.request),
  completionTokens: estimateTokens(text),
});

/** The model ended without a word: as much use as one that failed. */
class EmptyAnswerError extends Error {}

const reasonOf = (error: unknown): string => {
  if (error instanceof ModelUnavailableError) return `llm.${error.reason}`;
  if (error instanceof EmptyAnswerError) return 'llm.empty_answer';
  return 'llm.failed';
};

const draftOf = (written: Written, reasons: readonly string[], stopped: AbortSignal): Draft => {
  const { model, asked, text } = written;
  const usage = written.usage ?? estimateUsage(written);
  const used = contextUsed(asked, usage);
  return {
    ...{ text, usage, provider: model.provider, model: model.model, read: asked.read },
    ...(used && { contextUsed: used, dropped: asked.dropped }),
    degraded: reasons.join(',') || undefined,
    isStopped: stopped.aborted,
  };
};

/** Lets the first model of a chain answer, and the next one when it fails before or during its answer. */
export class DraftAnswer {
  private readonly logger = new Logger(DraftAnswer.name);

  constructor(
    private readonly chain: ModelChain,
    private readonly requestFor: RequestFor,
  ) {}

  /**
   * @param stopped aborted when the reader has had enough: what was written so far is the draft
   * @throws whatever the last model of the chain throws; the extractive one needs nothing but its sources
   */
  async write(stopped: AbortSignal, onText: OnText): Promise<Draft> {
    const reasons = this.chain.degraded === undefined ? [] : [this.chain.degraded];
    let hasText = false;
    for (const [place, model] of this.chain.models.entries()) {
      const written: Written = { model, asked: await this.requestFor(model), text: '', usage: undefined };
      try {
        await this.stream(written, stopped, hasText ? () => undefined : onText);
        return draftOf(written, reasons, stopped);
      } catch (error) {
        if (stopped.aborted) return draftOf(written, reasons, stopped);
        if (place === this.chain.models.length - 1) throw error;
        reasons.push(reasonOf(error));
        hasText ||= written.text !== '';
        this.logger.warn(`${model.provider}:${model.model} failed (${reasonOf(error)}); the next model takes over`);
      }
    }
    throw new Error('A chain of models has at least one');
  }

  private async stream(written: Written, stopped: AbortSignal, onText: OnText): Promise<void> {
    const { model, asked } = written;
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(WRITING_TIMEOUT_MS)]);
    for await (const event of model.stream({ ...asked.request, signal })) {
      if (event.type === 'end') written.usage = event.usage;
      else {
        written.text += event.text;
        onText(event.text, asked);
      }
    }
    if (written.text.trim() === '' && !stopped.aborted) throw new EmptyAnswerError();
  }
}
