import type { AnswerEvent } from '../answering/answer-events';
import { withoutMarkers } from '../answering/citations/citation-verifier';
import type { MessageView } from '../message/message.view';
import {
  completionId,
  finishReasonOf,
  proofOf,
  usageOf,
  type Completed,
  type CompletionProof,
  type CompletionUsageView,
  type FinishReason,
} from './chat-completion.view';

interface Delta {
  readonly role?: 'assistant';
  readonly content?: string;
}

/** One event of a streamed completion; the proof comes with the one that ends the answer. */
export interface CompletionChunk extends Partial<CompletionProof> {
  readonly id: string;
  readonly object: 'chat.completion.chunk';
  readonly created: number;
  readonly model: string;
  readonly choices: readonly {
    readonly index: 0;
    readonly delta: Delta;
    readonly logprobs: null;
    readonly finish_reason: FinishReason | null;
  }[];
  /** Where usage was asked for: null but in the last chunk. */
  readonly usage?: CompletionUsageView | null;
  /** The whole text, where it is not the sum of the pieces: citations were repaired, or the model failed on the way. */
  readonly content?: string;
}

export interface ChunkOptions extends Completed {
  /** Seconds since 1970. */
  readonly created: number;
  readonly includeUsage: boolean;
}

/** Says that the model was given up, the extractive answer being whole in itself. */
const isTakeover = ({ degraded = '' }: MessageView): boolean => degraded.includes('llm.');

/** Letters and digits alone: whether two texts say the same, whatever was repaired between them. */
const essence = (text: string): string => withoutMarkers(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Writes the events of one answer as the chunks of the OpenAI contract. */
export class CompletionChunks {
  private sent = '';

  constructor(
    private readonly messageId: string,
    private readonly options: ChunkOptions,
  ) {}

  of(event: AnswerEvent): CompletionChunk[] {
    if (event.type === 'message') return [this.chunk({ role: 'assistant', content: '' })];
    if (event.type === 'token') return [this.text(event.data.text)];
    return event.type === 'done' ? this.end(event.data) : [];
  }

  private end(message: MessageView): CompletionChunk[] {
    const { content } = message;
    const rest = this.restOf(message);
    const differs = this.sent + rest !== content;
    return [
      ...(rest === '' ? [] : [this.text(rest)]),
      {
        ...this.chunk({}, finishReasonOf(message, this.options)),
        ...proofOf(message),
        ...(differs && { content }),
      },
      ...(this.options.includeUsage ? [{ ...this.chunk({}), choices: [], usage: usageOf(message) }] : []),
    ];
  }

  /** What was sent cannot be taken back: an answer that took the place of another follows it. */
  private restOf(message: MessageView): string {
    const { content } = message;
    if (content.startsWith(this.sent)) return content.slice(this.sent.length);
    if (!isTakeover(message) || essence(content) === essence(this.sent)) return '';
    return `\n\n${content}`;
  }

  private text(content: string): CompletionChunk {
    this.sent += content;
    return this.chunk({ content });
  }

  private chunk(delta: Delta, finishReason: FinishReason | null = null): CompletionChunk {
    const { created, model, includeUsage } = this.options;
    return {
      id: completionId(this.messageId),
      object: 'chat.completion.chunk',
      created,
      model,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage && { usage: null }),
    };
  }
}
