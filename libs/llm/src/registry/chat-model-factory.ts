import type { LlmConfig } from '#libs/config';
import type { ExtractiveChatModel } from '../adapters/extractive-chat-model';
import { OllamaChatModel } from '../adapters/ollama-chat-model';
import { OpenAiChatModel } from '../adapters/openai-chat-model';
import type { ChatModel } from '../chat-model';
import type { ModelObserver } from '../model-observer';
import { modelIdOf, parseModelId } from './model-id';
import type { ModelServers } from './model-servers';

/** Makes each model once: its circuit breaker and its slots belong to everybody who uses it. */
export class ChatModelFactory {
  private readonly made: Map<string, ChatModel>;

  constructor(
    private readonly config: LlmConfig,
    private readonly servers: ModelServers,
    extractive: ExtractiveChatModel,
    private readonly observer: ModelObserver,
  ) {
    this.made = new Map([[modelIdOf(extractive), extractive]]);
  }

  /** Ids of the models this installation may use, the preferred one first. */
  allowed(): string[] {
    const { llmProvider, ollamaChatModel, openaiChatModel, chatModels } = this.config;
    const ollama = llmProvider === 'auto' || llmProvider === 'ollama' ? [`ollama:${ollamaChatModel}`] : [];
    const openai = openaiChatModel === undefined || llmProvider === 'builtin' ? [] : [`openai:${openaiChatModel}`];
    const preferred = llmProvider === 'ollama' ? [...ollama, ...openai] : [...openai, ...ollama];
    return [...new Set([...preferred, ...chatModels, ...this.builtin()])];
  }

  /** @param id `provider:model`; undefined when there is no such provider or no server for it */
  make(id: string): ChatModel | undefined {
    const known = this.made.get(id) ?? this.fresh(id);
    if (known) this.made.set(id, known);
    return known;
  }

  private builtin(): string[] {
    return [...this.made.keys()].filter((id) => id.startsWith('builtin:'));
  }

  private fresh(id: string): ChatModel | undefined {
    const { provider, model } = parseModelId(id);
    const { config, observer, servers } = this;
    const { ollamaFirstTokenTimeoutMs: firstTokenTimeoutMs, ollamaIdleTimeoutMs: idleTimeoutMs } = config;
    const options = { model, firstTokenTimeoutMs, idleTimeoutMs, observer };
    if (provider === 'ollama')
      return new OllamaChatModel(servers.ollama, { ...options, contextTokens: config.ollamaContextTokens });
    if (provider !== 'openai' || !servers.openai) return undefined;
    return new OpenAiChatModel(servers.openai, { ...options, contextTokens: config.openaiContextTokens });
  }
}
