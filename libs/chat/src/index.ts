export { AnswerQuestion, type Question } from './answering/answer-question';
export { ChatModule } from './chat.module';
export {
  AnswerInProgressError,
  AnswerInterruptedError,
  CitationNotVerbatimError,
  NotAnAnswerError,
} from './chat.errors';
export { CitationView, MessageView, SourceView } from './message/message.view';
