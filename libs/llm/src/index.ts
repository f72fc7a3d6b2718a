export { BUILTIN_EMBEDDING_ID, BuiltinEmbeddingModel } from './adapters/builtin-embedding-model';
export { ScriptedChatModel, type ChatScript } from './adapters/scripted-chat-model';
export {
  ChatModel,
  type ChatEvent,
  type ChatRequest,
  type ChatSource,
  type ChatTurn,
  type ChatUsage,
} from './chat-model';
export { EmbeddingModel, type EmbeddingPurpose } from './embedding-model';
export {
  EmbeddingDimensionError,
  EmbeddingModelUnknownError,
  ModelUnavailableError,
  type ModelFailure,
  type ModelFailureReason,
} from './llm.errors';
