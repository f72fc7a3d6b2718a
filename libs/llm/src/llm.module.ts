import { Module, type Provider } from '@nestjs/common';
import { LlmConfig } from '#libs/config';
import { ExtractiveChatModel } from './adapters/extractive-chat-model';
import { OllamaServer } from './adapters/ollama-server';
import { ChatModel } from './chat-model';
import { ModelObserver, SilentModelObserver } from './model-observer';
import { AnswerModels } from './registry/answer-models';
import { chooseChatModel } from './registry/choose-chat-model';
import { ConfiguredEmbeddingModels } from './registry/configured-embedding-models';
import { EmbeddingModels } from './registry/embedding-models';
import { LlmHealth } from './registry/llm-health';

const OBSERVER = Symbol('llm:observer');

const providers: Provider[] = [
  {
    provide: OBSERVER,
    inject: [{ token: ModelObserver, optional: true }],
    useFactory: (observer?: ModelObserver) => observer ?? new SilentModelObserver(),
  },
  {
    provide: OllamaServer,
    inject: [LlmConfig],
    useFactory: (config: LlmConfig) => new OllamaServer(config.ollamaUrl, config.ollamaConnectTimeoutMs),
  },
  { provide: ExtractiveChatModel, useFactory: () => new ExtractiveChatModel() },
  {
    provide: ChatModel,
    inject: [LlmConfig, OllamaServer, ExtractiveChatModel, OBSERVER],
    useFactory: chooseChatModel,
  },
  {
    provide: AnswerModels,
    inject: [ChatModel, ExtractiveChatModel],
    useFactory: (primary: ChatModel, extractive: ExtractiveChatModel) => new AnswerModels(primary, extractive),
  },
  {
    provide: EmbeddingModels,
    inject: [LlmConfig, OllamaServer, OBSERVER],
    useFactory: (config: LlmConfig, server: OllamaServer, observer: ModelObserver) =>
      new ConfiguredEmbeddingModels(config, server, observer).choose(),
  },
  LlmHealth,
];

/**
 * Provides {@link ChatModel} (the one that answers), {@link AnswerModels}, {@link EmbeddingModels} and {@link LlmHealth}, chosen by
 * {@link LlmConfig}. A global {@link ModelObserver}, when there is one, is told the timings.
 */
@Module({ providers, exports: [ChatModel, AnswerModels, EmbeddingModels, LlmHealth] })
export class LlmModule {}
