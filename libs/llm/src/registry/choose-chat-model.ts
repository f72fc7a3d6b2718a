import { Logger } from '@nestjs/common';
import type { LlmConfig } from '#libs/config';
import { OllamaChatModel } from '../adapters/ollama-chat-model';
import type { OllamaServer } from '../adapters/ollama-server';
import type { ChatModel } from '../chat-model';
import type { ModelObserver } from '../model-observer';
import { AutoChatModel } from './auto-chat-model';

/** Resolves `LLM_PROVIDER`. */
export const chooseChatModel = async (
  config: LlmConfig,
  server: OllamaServer,
  extractive: ChatModel,
  observer: ModelObserver,
): Promise<ChatModel> => {
  const logger = new Logger('ChatModels');
  if (config.llmProvider === 'builtin') {
    logger.log('LLM_PROVIDER=builtin: answers are extracted from the documents');
    return extractive;
  }
  const ollama = new OllamaChatModel(server, {
    model: config.ollamaChatModel,
    firstTokenTimeoutMs: config.ollamaFirstTokenTimeoutMs,
    idleTimeoutMs: config.ollamaIdleTimeoutMs,
    contextTokens: config.ollamaContextTokens,
    observer,
  });
  if (config.llmProvider === 'ollama') {
    logger.log(`LLM_PROVIDER=ollama: answers by ${config.ollamaChatModel}`);
    return ollama;
  }
  const auto = new AutoChatModel(ollama, extractive, () => server.look(config.ollamaChatModel));
  await auto.refresh();
  return auto;
};
