import { Logger } from '@nestjs/common';
import type { LlmConfig } from '#libs/config';
import type { ChatModel } from '../chat-model';
import { AutoChatModel } from './auto-chat-model';
import type { ChatModelFactory } from './chat-model-factory';
import type { ModelServers } from './model-servers';

/** Resolves `LLM_PROVIDER`. */
export const chooseChatModel = async (
  config: LlmConfig,
  servers: ModelServers,
  extractive: ChatModel,
  factory: ChatModelFactory,
): Promise<ChatModel> => {
  const logger = new Logger('ChatModels');
  const { llmProvider } = config;
  const id = factory.allowed()[0] ?? '';
  const preferred = llmProvider === 'builtin' ? undefined : factory.make(id);
  if (!preferred) {
    logger.log(`LLM_PROVIDER=${llmProvider}: answers are extracted from the documents`);
    return extractive;
  }
  if (llmProvider !== 'auto') {
    logger.log(`LLM_PROVIDER=${llmProvider}: answers by ${id}`);
    return preferred;
  }
  const { provider, model } = preferred;
  const absent = { state: 'unreachable', detail: `no server for ${id}` } as const;
  const look = async () => (await servers.of(provider)?.look(model)) ?? absent;
  const auto = new AutoChatModel(preferred, extractive, look);
  await auto.refresh();
  return auto;
};
