import type { ChatResponse, Options } from 'ollama';
import { ChatModel, type ChatEvent, type ChatRequest, type ChatStyle, type ChatUsage } from '../chat-model';
import { type ModelObserver, type ModelOutcome, SilentModelObserver } from '../model-observer';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../resilience/resilience-options';
import { Slots } from '../resilience/slots';
import { StageClock } from '../resilience/stage-clock';
import { toModelFailure } from '../resilience/to-model-failure';
import { ProtocolError } from '../resilience/upstream-errors';
import { UpstreamPolicy } from '../resilience/upstream-policy';
import type { OllamaServer } from './ollama-server';

export interface OllamaChatOptions {
  readonly model: string;
  /** Loading the model and reading the prompt. */
  readonly firstTokenTimeoutMs: number;
  /** Longest silence between two tokens. */
  readonly idleTimeoutMs: number;
  /** Ollama's own default window (4,096) would silently cut a prompt with sources. */
  readonly contextTokens: number;
  readonly resilience?: ResilienceOptions;
  readonly observer?: ModelObserver;
}

interface OpenAnswer {
  readonly clock: StageClock;
  readonly parts: AsyncIterator<ChatResponse>;
  readonly first: IteratorResult<ChatResponse>;
}

/** Writes answers with a model of an Ollama server. Leaving the iteration, or the signal, closes the upstream connection. */
export class OllamaChatModel extends ChatModel {
  override readonly provider = 'ollama';
  override readonly model: string;
  private readonly policy: UpstreamPolicy;
  private readonly slots: Slots;
  private readonly observer: ModelObserver;

  constructor(
    private readonly server: OllamaServer,
    private readonly options: OllamaChatOptions,
  ) {
    super();
    const resilience = options.resilience ?? DEFAULT_RESILIENCE;
    this.model = options.model;
    this.policy = new UpstreamPolicy({ provider: 'ollama', model: options.model }, resilience);
    this.slots = new Slots(resilience.concurrency, resilience.queue);
    this.observer = options.observer ?? new SilentModelObserver();
  }

  override async *stream(request: ChatRequest): AsyncIterable<ChatEvent> {
    const started = performance.now();
    let outcome: ModelOutcome = 'aborted';
    let release: (() => void) | undefined;
    try {
      release = await this.slots.acquire(request.signal);
      const answer = await this.policy.execute(() => this.open(request), request.signal);
      yield* this.read(answer);
      outcome = 'ok';
    } catch (error) {
      const failure = toModelFailure(error, this, request.signal);
      outcome = failure.reason;
      throw failure;
    } finally {
      release?.();
      this.observer.observe('chat', this.provider, this.model, outcome, (performance.now() - started) / 1_000);
    }
  }

  /** Waits for the first part, so that a failure before any text can be tried again. */
  private async open({ turns, style, signal }: ChatRequest): Promise<OpenAnswer> {
    const clock = new StageClock(signal);
    clock.expect('first_token', this.options.firstTokenTimeoutMs);
    try {
      const client = this.server.client(clock.signal, { ndjson: true });
      const options = { num_ctx: this.options.contextTokens, ...optionsOf(style) };
      const messages = turns.map(({ role, content }) => ({ role, content }));
      const stream = await client.chat({ model: this.model, messages, stream: true, options });
      const parts = stream[Symbol.asyncIterator]();
      return { clock, parts, first: await parts.next() };
    } catch (error) {
      const cause = clock.causeOf(error);
      clock.close();
      throw cause;
    }
  }

  private async *read({ clock, parts, first }: OpenAnswer): AsyncIterable<ChatEvent> {
    try {
      for (let part = first; !part.done; part = await parts.next()) {
        clock.expect('idle', this.options.idleTimeoutMs);
        const text = textOf(part.value);
        if (text !== '') yield { type: 'text', text };
        if (part.value.done) {
          yield { type: 'end', usage: usageOf(part.value) };
          return;
        }
      }
      throw new ProtocolError('The answer ended without its last part');
    } catch (error) {
      throw clock.causeOf(error);
    } finally {
      clock.close();
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

const count = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : 0);
const usageOf = (part: ChatResponse): ChatUsage => ({
  promptTokens: count(part.prompt_eval_count),
  completionTokens: count(part.eval_count),
});
