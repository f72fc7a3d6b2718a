import type OpenAI from 'openai';

import type { ChatEvent, ChatRequest, ChatStyle, ChatUsage } from '../chat-model';
import { ProtocolError } from '../resilience/upstream-errors';
import { ModelWindow } from './model-window';
import type { OpenAiServer } from './openai-server';
import { tokenCount, UpstreamChatModel, type UpstreamChatOptions } from './upstream-chat-model';

export interface OpenAiChatOptions extends UpstreamChatOptions {
  /** Bound of the window; without one it is what the server tells. */
  readonly contextTokens?: number | undefined;
}

type Part = OpenAI.ChatCompletionChunk;

/** Writes answers with a model of a server that speaks OpenAI's chat completions. */
export class OpenAiChatModel extends UpstreamChatModel {
  private readonly window = new ModelWindow(() => this.server.contextTokens(this.model));

  constructor(
    private readonly server: OpenAiServer,
    private readonly options: OpenAiChatOptions,
  ) {
    super('openai', options);
  }

  override async contextTokens(): Promise<number> {
    const { contextTokens: bound } = this.options;
    const told = await this.window.tokens();
    if (told === undefined) return bound ?? super.contextTokens();
    return Math.min(told, bound ?? told);
  }

  protected override async *ask({ turns, style }: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent> {
    const { client, failureOf } = this.server.connect(signal, 'lines');
    try {
      const parts = await client.chat.completions.create({
        model: this.model,
        messages: turns.map(({ role, content }) => ({ role, content })),
        stream: true,
        stream_options: { include_usage: true },
        ...optionsOf(style),
      });
      yield* eventsOf(parts);
    } catch (error) {
      throw failureOf(error);
    }
  }
}

/** The usage comes after the last text, in a part without choices; servers that do not know it leave it out. */
async function* eventsOf(parts: AsyncIterable<Part>): AsyncIterable<ChatEvent> {
  let isFinished = false;
  let usage: ChatUsage = { promptTokens: 0, completionTokens: 0 };
  for await (const part of parts) {
    yield { type: 'text', text: textOf(part) };
    isFinished ||= Boolean(part.choices[0]?.finish_reason);
    usage = usageOf(part) ?? usage;
  }
  // Without a reason the answer was cut: the client cannot tell an end from a lost connection.
  if (!isFinished) throw new ProtocolError('The answer ended without its last part');
  yield { type: 'end', usage };
}

const optionsOf = ({
  temperature,
  maxTokens,
}: ChatStyle = {}): Partial<OpenAI.ChatCompletionCreateParamsStreaming> => ({
  ...(temperature !== undefined && { temperature }),
  // The newer `max_completion_tokens` is unknown to llama.cpp, LM Studio and Mistral.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- by OpenAI alone
  ...(maxTokens !== undefined && { max_tokens: maxTokens }),
});

/** What may stand where a part is expected. */
interface Claimed {
  readonly choices?: readonly ({ readonly delta?: { readonly content?: unknown } | null } | null)[];
}

/** @throws ProtocolError when it is no part of an answer */
const textOf = (part: unknown): string => {
  const { choices } = (part ?? {}) as Claimed;
  if (!Array.isArray(choices)) throw new ProtocolError('A part of the answer has no choices');
  const content = (choices as NonNullable<Claimed['choices']>)[0]?.delta?.content ?? '';
  if (typeof content !== 'string') throw new ProtocolError('A part of the answer is not text');
  return content;
};

const usageOf = ({ usage }: Part): ChatUsage | undefined =>
  usage
    ? { promptTokens: tokenCount(usage.prompt_tokens), completionTokens: tokenCount(usage.completion_tokens) }
    : undefined;
