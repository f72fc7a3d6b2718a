import type { Provider, Type } from '@nestjs/common';

import { AnswerInPassing } from '../answering/answer-in-passing';
import { PassingAnswers } from '../message/passing-answers';
import { ChatCompletionsController } from './chat-completions.controller';
import { CompleteChat } from './complete-chat';
import { CompletionResponder } from './completion-responder';
import { EmbedTexts } from './embed-texts';
import { EmbeddingsController } from './embeddings.controller';
import { OfferedModels } from './offered-models.service';
import { OpenAiModelsController } from './openai-models.controller';

/** The contract of the OpenAI API, as a part of the chat module. */
export const OPENAI_CONTROLLERS: readonly Type[] = [
  ChatCompletionsController,
  EmbeddingsController,
  OpenAiModelsController,
];

export const OPENAI_PROVIDERS: readonly Provider[] = [
  AnswerInPassing,
  CompleteChat,
  CompletionResponder,
  EmbedTexts,
  OfferedModels,
  PassingAnswers,
];
