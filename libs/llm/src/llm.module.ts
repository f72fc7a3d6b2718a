import { Module, type Provider } from '@nestjs/common';
import { LlmConfig } from '#libs/config';
import { ExtractiveChatModel } from './adapters/extractive-chat-model';
import { ChatModel } from './chat-model';
import { ModelObserver, SilentModelObserver } from './model-observer';
import { AllowedChatModels } from './registry/allowed-chat-models';
import { AnswerModels } from './registry/answer-models';
import { ChatModelFactory } from './registry/chat-model-factory';
import { ChatModels } from './registry/chat-models';
import { chooseChatModel } from './registry/choose-chat-model';
import { ConfiguredEmbeddingModels } from './registry/configured-embedding-models';
import { EmbeddingModels } from './registry/embedding-models';
import { LlmHealth } from './registry/llm-health';
import { ModelServers } from './registry/model-servers';

const OBSERVER = Symbol('llm:observer');

const providers: Provider[] = [
  {
    provide: OBSERVER,
    inject: [{ token: ModelObserver, optional: true }],
    useFactory: (observer?: ModelObserver) => observer ?? new SilentModelObserver(),
  },
  ModelServers,
  { provide: ExtractiveChatModel, useFactory: () => new ExtractiveChatModel() },
  {
    provide: ChatModelFactory,
    inject: [LlmConfig, ModelServers, ExtractiveChatModel, OBSERVER],
    useFactory: (
      ...[config, servers, extractive, observer]: [LlmConfig, ModelServers, ExtractiveChatModel, ModelObserver]
    ) => new ChatModelFactory(config, servers, extractive, observer),
  },
  {
    provide: ChatModel,
    inject: [LlmConfig, ModelServers, ExtractiveChatModel, ChatModelFactory],
    useFactory: chooseChatModel,
  },
  { provide: ChatModels, useClass: AllowedChatModels },
  {
    provide: AnswerModels,
    inject: [ChatModel, ExtractiveChatModel, ChatModels],
    useFactory: (primary: ChatModel, extractive: ExtractiveChatModel, choice: ChatModels) =>
      new AnswerModels(primary, extractive, choice),
  },
  {
    provide: EmbeddingModels,
    inject: [LlmConfig, ModelServers, OBSERVER],
    useFactory: (config: LlmConfig, servers: ModelServers, observer: ModelObserver) =>
      new ConfiguredEmbeddingModels(config, servers, observer).choose(),
  },
  LlmHealth,
];

/**
 * Provides {@link ChatModel} (the one that answers where nobody chose), {@link ChatModels}, {@link AnswerModels},
 * {@link EmbeddingModels} and {@link LlmHealth}, chosen by
 * {@link LlmConfig}. A global {@link ModelObserver}, when there is one, is told the timings.
 */
@Module({ providers, exports: [ChatModel, ChatModels, AnswerModels, EmbeddingModels, LlmHealth] })
export class LlmModule {}
