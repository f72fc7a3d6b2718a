export { BUILTIN_EMBEDDING_ID, BuiltinEmbeddingModel } from './adapters/builtin-embedding-model';
export { isEnglishOnly } from './registry/english-only';
export { ExtractiveChatModel } from './adapters/extractive-chat-model';
export { NO_ANSWER_TEXT } from './adapters/no-answer-text';
export { ScriptedChatModel, type ChatScript } from './adapters/scripted-chat-model';
export {
  ChatModel,
  type ChatEvent,
  type ChatRequest,
  type ChatStyle,
  type ChatSource,
  type ChatTurn,
  type ChatUsage,
} from './chat-model';
export { embedderKind, type EmbedderKind } from './embedder-kind';
export { EmbeddingModel, type EmbeddingPurpose } from './embedding-model';
export {
  ChatModelNotAllowedError,
  EmbeddingDimensionError,
  EmbeddingModelUnknownError,
  ModelUnavailableError,
  RerankerUnavailableError,
  type ModelFailure,
  type ModelFailureReason,
} from './llm.errors';
export { assessEvidence, EXTRACTIVE_THRESHOLD, type Evidence, type Highlight } from './extractive/assess-evidence';
export { LlmModule } from './llm.module';
export { ModelObserver, type ModelCallKind, type ModelOutcome } from './model-observer';
export { AnswerModels, type ModelChain } from './registry/answer-models';
export { ChatModels, requireAllowed, type UsableChatModel } from './registry/chat-models';
export { EmbeddingModels } from './registry/embedding-models';
export { Reranker } from './reranker';
export { LlmHealth, type LlmState } from './registry/llm-health';
