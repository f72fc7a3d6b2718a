import { ModelUnavailableError, type ChatEvent, type ChatModel, type ChatRequest, ModelObserver } from '#libs/llm';
import { OllamaChatModel } from '../../libs/llm/src/adapters/ollama-chat-model';
import { OllamaEmbeddingModel } from '../../libs/llm/src/adapters/ollama-embedding-model';
import { OllamaServer } from '../../libs/llm/src/adapters/ollama-server';
import { OpenAiChatModel, type OpenAiChatOptions } from '../../libs/llm/src/adapters/openai-chat-model';
import { OpenAiEmbeddingModel } from '../../libs/llm/src/adapters/openai-embedding-model';
import { OpenAiServer } from '../../libs/llm/src/adapters/openai-server';
import type {
  UpstreamEmbeddingModel,
  UpstreamEmbeddingOptions,
} from '../../libs/llm/src/adapters/upstream-embedding-model';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../../libs/llm/src/resilience/resilience-options';
import type { OllamaServerOptions } from './ollama-server';
import { OpenAiProtocolServer } from './openai-server';

/** Fails at once and never opens the circuit: each test states what it changes. */
export const ONCE: ResilienceOptions = {
  ...DEFAULT_RESILIENCE,
  retries: 0,
  firstDelayMs: 1,
  maxDelayMs: 2,
  breakAfter: 1_000,
};

/** Starts a server that speaks both protocols and knows a chat and an embedding model. */
export const startModelServer = (options: OllamaServerOptions = {}): Promise<OpenAiProtocolServer> =>
  OpenAiProtocolServer.start({
    answer: 'Un deux trois quatre cinq six [1].',
    models: ['mistral', 'nomic-embed-text-v2-moe'],
    ...options,
  });

export const ollamaAt = ({ url }: OpenAiProtocolServer): OllamaServer => new OllamaServer(url, 1_000);
export const openAiAt = ({ baseUrl }: OpenAiProtocolServer, apiKey?: string): OpenAiServer =>
  new OpenAiServer({ baseUrl, apiKey, connectTimeoutMs: 1_000 });

/** A protocol, as a test needs it. */
interface Protocol {
  readonly protocol: string;
  readonly chatPath: string;
  readonly embedPath: string;
  readonly chat: (server: OpenAiProtocolServer, options: OpenAiChatOptions) => ChatModel;
  readonly embedding: (server: OpenAiProtocolServer, options: UpstreamEmbeddingOptions) => UpstreamEmbeddingModel;
}

export const PROTOCOLS: readonly Protocol[] = [
  {
    protocol: 'ollama',
    chatPath: '/api/chat',
    embedPath: '/api/embed',
    chat: (server, options) => new OllamaChatModel(ollamaAt(server), { ...options, contextTokens: 8_192 }),
    embedding: (server, options) => new OllamaEmbeddingModel(ollamaAt(server), options),
  },
  {
    protocol: 'openai',
    chatPath: '/v1/chat/completions',
    embedPath: '/v1/embeddings',
    chat: (server, options) => new OpenAiChatModel(openAiAt(server), options),
    embedding: (server, options) => new OpenAiEmbeddingModel(openAiAt(server), options),
  },
];

class RememberingObserver extends ModelObserver {
  constructor(private readonly seen: string[]) {
    super();
  }

  override observe(kind: string, _provider: string, _model: string, outcome: string): void {
    this.seen.push(`${kind} ${outcome}`);
  }

  override cached(hits: number, misses: number): void {
    this.seen.push(`cache ${hits} ${misses}`);
  }
}

/** Remembers calls as `kind outcome`. */
export const observerOf = (seen: string[]): ModelObserver => new RememberingObserver(seen);

export const questionOf = (signal?: AbortSignal): ChatRequest => ({
  turns: [{ role: 'user', content: 'Bonjour' }],
  question: 'Bonjour',
  sources: [],
  locale: 'fr',
  signal,
});

/** A whole answer, and what it ended with. */
export const readAnswer = async (model: ChatModel, signal?: AbortSignal) => {
  const events: ChatEvent[] = [];
  let error: unknown;
  try {
    for await (const event of model.stream(questionOf(signal))) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { events, text, error, reason: error instanceof ModelUnavailableError ? error.reason : undefined };
};

/** Why a call failed; the error itself when it has no reason. */
export const reasonOf = (failing: Promise<unknown>): Promise<unknown> =>
  failing.then(
    () => 'no failure',
    (error: unknown) => (error instanceof ModelUnavailableError ? error.reason : error),
  );
