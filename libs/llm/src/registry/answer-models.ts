import type { ChatModel } from '../chat-model';

/** The model that answers, and the one that can always answer when the first fails. They may be the same. */
export class AnswerModels {
  constructor(
    readonly primary: ChatModel,
    readonly extractive: ChatModel,
  ) {}
}
