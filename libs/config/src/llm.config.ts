import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';

import { Env } from './env.decorator';

const PROVIDERS = ['auto', 'ollama', 'openai', 'builtin'] as const;
export type ProviderChoice = (typeof PROVIDERS)[number];

const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]*(:[A-Za-z0-9._-]+)?$/;

/** As OpenAI-compatible servers name them: also paths, spaces never. */
const OPENAI_MODEL_NAME = /^[\x21-\x2b\x2d-\x7e]{1,200}$/;
/** `provider:model`. */
const CHAT_MODEL_ID = /^(?:ollama|openai|builtin):[\x21-\x2b\x2d-\x7e]{1,200}$/;
const MAX_CHAT_MODELS = 50;

/** Never a default: documents go to the server the operator named, or nowhere. */
const needsServer = (config: LlmConfig): boolean =>
  needsChatModel(config) || needsEmbeddingModel(config) || config.openaiBaseUrl !== undefined;
const needsChatModel = ({ llmProvider, openaiChatModel }: LlmConfig): boolean =>
  llmProvider === 'openai' || openaiChatModel !== undefined;
const needsEmbeddingModel = ({ embeddingsProvider, openaiEmbeddingModel }: LlmConfig): boolean =>
  embeddingsProvider === 'openai' || openaiEmbeddingModel !== undefined;

export class LlmConfig {
  @Env(
    'LLM_PROVIDER',
    'Who writes answers: auto (the OpenAI-compatible server when set, else Ollama, when it answers), ollama, openai, or builtin (extractive, no model)',
  )
  @IsIn(PROVIDERS)
  readonly llmProvider: ProviderChoice = 'auto';

  @Env(
    'EMBEDDINGS_PROVIDER',
    'Who embeds: auto (the first of the OpenAI-compatible server and Ollama that has the model at start), ollama, openai, or builtin',
  )
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

  @Env('OLLAMA_CONNECT_TIMEOUT_MS', 'Time to reach the model server, Ollama or other', 'integer')
  @IsInt()
  @Min(100)
  readonly ollamaConnectTimeoutMs: number = 5_000;

  @Env('OLLAMA_FIRST_TOKEN_TIMEOUT_MS', 'Time the model server may take to load a model and read the prompt', 'integer')
  @IsInt()
  @Min(100)
  readonly ollamaFirstTokenTimeoutMs: number = 120_000;

  @Env('OLLAMA_IDLE_TIMEOUT_MS', 'Longest silence between two tokens', 'integer')
  @IsInt()
  @Min(100)
  readonly ollamaIdleTimeoutMs: number = 30_000;

  @Env(
    'OLLAMA_CONTEXT_TOKENS',
    'Largest context window asked from Ollama, in tokens; never more than the model has',
    'integer',
  )
  @IsInt()
  @Min(2_048)
  @Max(131_072)
  readonly ollamaContextTokens: number = 8_192;

  @Env(
    'OPENAI_BASE_URL',
    'Server that speaks OpenAI’s protocol (vLLM, LM Studio, llama.cpp, Mistral ...), up to /v1; none when empty',
  )
  @ValidateIf(needsServer)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  readonly openaiBaseUrl: string | undefined;

  @Env('OPENAI_API_KEY', 'Its API key, when it wants one')
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: 'it must be an API key' })
  readonly openaiApiKey: string | undefined;

  @Env('OPENAI_CHAT_MODEL', 'Its model that writes answers')
  @ValidateIf(needsChatModel)
  @Matches(OPENAI_MODEL_NAME, { message: 'it must name a model' })
  readonly openaiChatModel: string | undefined;

  @Env('OPENAI_EMBEDDING_MODEL', 'Its model that embeds')
  @ValidateIf(needsEmbeddingModel)
  @Matches(OPENAI_MODEL_NAME, { message: 'it must name a model' })
  readonly openaiEmbeddingModel: string | undefined;

  @Env(
    'OPENAI_CONTEXT_TOKENS',
    'Largest context window of its models, in tokens; what the server tells when empty, or 8192',
    'integer',
  )
  @IsOptional()
  @IsInt()
  @Min(2_048)
  @Max(1_048_576)
  readonly openaiContextTokens: number | undefined;

  @Env(
    'CHAT_MODELS',
    'Further models assistants and organizations may choose, as provider:model, separated by commas',
    'list',
  )
  @IsArray()
  @ArrayMaxSize(MAX_CHAT_MODELS)
  @Matches(CHAT_MODEL_ID, { each: true, message: 'each must be provider:model, such as ollama:qwen3:8b' })
  readonly chatModels: readonly string[] = [];

  @Env(
    'ANSWER_GRACE_MS',
    'How long an answer is written on when the last who waited for it has left; 600000 to write it to its end',
    'integer',
  )
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly answerGraceMs: number = 600;
}
