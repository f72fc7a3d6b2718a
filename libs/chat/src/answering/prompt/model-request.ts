import type { ChatModel, ChatRequest, ChatUsage } from '#libs/llm';

import type { EvidenceSource } from '../citations/evidence';
import { buildPrompt, type PromptInput } from './prompt';
import { estimateTokens } from './token-estimate';

/** How much of a model's window a prompt took. */
export interface ContextUsed {
  /** As the model counted them; estimated where it does not tell. */
  readonly promptTokens: number;
  readonly windowTokens: number;
}

/** What the window had no room for. */
export interface Dropped {
  /** Markers of the sources the model did not read. */
  readonly sources: readonly number[];
  /** Earlier questions and answers that left no trace in the prompt. */
  readonly turns: number;
}

/** What one model of the chain is asked. */
export interface ModelRequest {
  readonly request: ChatRequest;
  /** The sources it reads, as far as it reads them: nothing else can be cited. */
  readonly read: readonly EvidenceSource[];
  /** Tokens of its window; undefined for a model without one. */
  readonly windowTokens: number | undefined;
  readonly dropped: Dropped;
}

type Asked = Omit<ChatRequest, 'turns'> & Omit<PromptInput, 'contextTokens'>;

/** Fits a question, its sources and the conversation into the window of a model. */
export const requestFor = async (model: ChatModel, asked: Asked): Promise<ModelRequest> => {
  const contextTokens = await model.contextTokens();
  const { turns, read, droppedTurns } = buildPrompt({ ...asked, contextTokens });
  const { question, query, sources, termWeight, minConfidence, locale, style } = asked;
  const isRead = new Set(read.map(({ marker }) => marker));
  return {
    request: { turns, question, query, sources, termWeight, minConfidence, locale, style },
    read,
    windowTokens: Number.isFinite(contextTokens) ? contextTokens : undefined,
    dropped: {
      sources: sources.map(({ marker }) => marker).filter((marker) => !isRead.has(marker)),
      turns: droppedTurns,
    },
  };
};

/** What a model may have read when it did not say. */
export const estimatePrompt = ({ turns }: ChatRequest): number =>
  turns.reduce((sum, { content }) => sum + estimateTokens(content), 0);

export const contextUsed = ({ request, windowTokens }: ModelRequest, usage: ChatUsage): ContextUsed | undefined =>
  windowTokens === undefined
    ? undefined
    : { promptTokens: usage.promptTokens || estimatePrompt(request), windowTokens };
