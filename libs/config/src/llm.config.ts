import { IsIn, IsInt, IsString, IsUrl, Matches, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

const PROVIDERS = ['auto', 'ollama', 'builtin'] as const;
export type ProviderChoice = (typeof PROVIDERS)[number];

const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]*(:[A-Za-z0-9._-]+)?$/;

export class LlmConfig {
  @Env('LLM_PROVIDER', 'Who writes answers: auto (Ollama when it answers), ollama, or builtin (extractive, no model)')
  @IsIn(PROVIDERS)
  readonly llmProvider: ProviderChoice = 'auto';

  @Env('EMBEDDINGS_PROVIDER', 'Who embeds: auto (Ollama when it has the model at start), ollama, or builtin')
  @IsIn(PROVIDERS)
  readonly embeddingsProvider: ProviderChoice = 'auto';

  @Env('OLLAMA_URL', 'Ollama server')
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly ollamaUrl: string = 'http://127.0.0.1:11434';

  @Env('OLLAMA_CHAT_MODEL', 'Ollama model that writes answers')
  @IsString()
  @Matches(MODEL_NAME)
  readonly ollamaChatModel: string = 'mistral';

  @Env('OLLAMA_EMBEDDING_MODEL', 'Ollama model that embeds; multilingual by default')
  @IsString()
  @Matches(MODEL_NAME)
  readonly ollamaEmbeddingModel: string = 'nomic-embed-text-v2-moe';

  @Env('OLLAMA_CONNECT_TIMEOUT_MS', 'Time to reach Ollama', 'integer')
  @IsInt()
  @Min(100)
  readonly ollamaConnectTimeoutMs: number = 5_000;

  @Env('OLLAMA_FIRST_TOKEN_TIMEOUT_MS', 'Time Ollama may take to load a model and read the prompt', 'integer')
  @IsInt()
  @Min(100)
  readonly ollamaFirstTokenTimeoutMs: number = 120_000;

  @Env('OLLAMA_IDLE_TIMEOUT_MS', 'Longest silence between two tokens', 'integer')
  @IsInt()
  @Min(100)
  readonly ollamaIdleTimeoutMs: number = 30_000;

  @Env('OLLAMA_CONTEXT_TOKENS', 'Context window asked from Ollama, in tokens', 'integer')
  @IsInt()
  @Min(2_048)
  @Max(131_072)
  readonly ollamaContextTokens: number = 8_192;
}
