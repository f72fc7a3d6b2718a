export { AnswerInPassing } from './answering/answer-in-passing';
export { ChatWorkerModule } from './chat-worker.module';
export { ChatModule } from './chat.module';
export { MessageView } from './message/message.view';
export { MAX_PASSAGES, type AnswerTuning } from './tuning/answer-tuning';
export { AnswerTunings } from './tuning/answer-tunings';
