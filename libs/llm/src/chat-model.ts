import type { Locale } from '#libs/kernel';

export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A passage the answer may rest on. `marker` is the 1-based number the answer cites it by: `[1]`. */
export interface ChatSource {
  readonly marker: number;
  readonly title: string;
  readonly heading?: string | undefined;
  readonly text: string;
  /** Fused retrieval score, comparable inside one request only. */
  readonly score: number;
}

export interface ChatStyle {
  /** 0 (always the likeliest word) to 2. */
  readonly temperature?: number | undefined;
  /** Longest answer. */
  readonly maxTokens?: number | undefined;
}

export interface ChatRequest {
  /** The whole prompt for a generative model, sources included. */
  readonly turns: readonly ChatTurn[];
  /** The question and its sources apart, for models that do not read prompts (extractive). */
  readonly question: string;
  /** What was searched for, when not the question itself: a follow-up with the words it borrows from earlier questions. */
  readonly query?: string | undefined;
  readonly sources: readonly ChatSource[];
  /**
   * How rare a stem (`stem` of libs/text, in the query's language) is in the searched corpus: its IDF. Optional; with it the
   * extractive model knows better which words of a question tell most.
   */
  readonly termWeight?: ((stem: string) => number) | undefined;
  /** 0..1: how sure the extractive model must be to answer; by its own threshold when absent. Generative models decide themselves. */
  readonly minConfidence?: number | undefined;
  readonly locale: Locale;
  /** How to write; as the model server has it where nothing is said. Extractive models quote and need none. */
  readonly style?: ChatStyle | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Text pieces in order, then exactly one `end`. */
export type ChatEvent =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'end'; readonly usage: ChatUsage };

/** Room for eight passages, a conversation and an answer; small enough for a graphics card of 8 GB. */
const DEFAULT_CONTEXT_TOKENS = 8_192;

/** Port: writes an answer. */
export abstract class ChatModel {
  /** `ollama`, `builtin` ... */
  abstract readonly provider: string;
  abstract readonly model: string;

  /**
   * Tokens the model reads and writes in one answer. Never throws: where the model server does not tell now, it is what was
   * configured.
   */
  contextTokens(): Promise<number> {
    return Promise.resolve(DEFAULT_CONTEXT_TOKENS);
  }

  /** The model that answers a question asked now: another one where this stands for several, until the answer has ended. */
  // eslint-disable-next-line @typescript-eslint/prefer-return-this-type -- another one, where it stands for several
  settled(): ChatModel {
    return this;
  }

  /**
   * Streams the answer while it is being written. Aborting `signal` cancels the work upstream.
   * @throws ModelUnavailableError when the model fails before or during the answer; never a raw network error.
   */
  abstract stream(request: ChatRequest): AsyncIterable<ChatEvent>;
}
