import type { ChatResponse, Options } from 'ollama';
import type { ChatEvent, ChatRequest, ChatStyle, ChatUsage } from '../chat-model';
import { ProtocolError } from '../resilience/upstream-errors';
import { ModelWindow } from './model-window';
import type { OllamaServer } from './ollama-server';
import { tokenCount, UpstreamChatModel, type UpstreamChatOptions } from './upstream-chat-model';

export interface OllamaChatOptions extends UpstreamChatOptions {
  /** Largest window to ask for. Ollama's own default (4,096) would silently cut a prompt with sources. */
  readonly contextTokens: number;
}

/** Writes answers with a model of an Ollama server. */
export class OllamaChatModel extends UpstreamChatModel {
  private readonly window = new ModelWindow(() => this.server.contextTokens(this.model));

  constructor(
    private readonly server: OllamaServer,
    private readonly options: OllamaChatOptions,
  ) {
    super('ollama', options);
  }

  /** No more than the model was trained for: asked for more, Ollama takes the memory and the model loses the thread. */
  override async contextTokens(): Promise<number> {
    return Math.min(this.options.contextTokens, (await this.window.tokens()) ?? Number.POSITIVE_INFINITY);
  }

  protected override async *ask({ turns, style }: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent> {
    const client = this.server.client(signal, { ndjson: true });
    const options = { num_ctx: await this.contextTokens(), ...optionsOf(style) };
    const messages = turns.map(({ role, content }) => ({ role, content }));
    for await (const part of await client.chat({ model: this.model, messages, stream: true, options })) {
      yield { type: 'text', text: textOf(part) };
      if (part.done) yield { type: 'end', usage: usageOf(part) };
    }
  }
}

/** In Ollama's words: https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx#parameter */
const optionsOf = ({ temperature, maxTokens }: ChatStyle = {}): Partial<Options> => ({
  ...(temperature !== undefined && { temperature }),
  ...(maxTokens !== undefined && { num_predict: maxTokens }),
});

/** @throws ProtocolError when the part carries no message */
const textOf = (part: ChatResponse): string => {
  // What arrives is only claimed to be a ChatResponse.
  const message = part.message as Partial<ChatResponse['message']> | undefined;
  if (typeof message?.content === 'string') return message.content;
  if (part.done) return '';
  throw new ProtocolError('A part of the answer has no message');
};

const usageOf = (part: ChatResponse): ChatUsage => ({
  promptTokens: tokenCount(part.prompt_eval_count),
  completionTokens: tokenCount(part.eval_count),
});
