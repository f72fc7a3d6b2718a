import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { AnswerInPassing } from '../answering/answer-in-passing';
import { AnswerQuestion } from '../answering/answer-question';
import type { AnswerRun } from '../answering/answer-run';
import type { ChatCompletionDto } from './chat-completion.dto';
import { toCompletionRequest } from './completion-request';
import { OfferedModels } from './offered-models.service';
import { ModelNotFoundError } from './openai.errors';

/**
 * Use case: answers a question asked in the words of the OpenAI API, by the same steps as any other question. Its client keeps
 * the conversation, so ours keeps nothing unless it is asked to.
 */
@Injectable()
export class CompleteChat {
  constructor(
    private readonly models: OfferedModels,
    private readonly questions: AnswerQuestion,
    private readonly passing: AnswerInPassing,
  ) {}

  /**
   * @param isKept as a conversation of the caller, with the question and the answer alone: what the client says was answered
   * before is not ours to vouch for
   * @throws ModelNotFoundError also for what the caller may not read or use
   * @throws InvalidRequestError, UnsupportedParameterError
   * @throws TooManyAnswersError, MessagesExhaustedError, BudgetExhaustedError
   */
  async begin(principal: Principal, body: ChatCompletionDto, isKept: boolean): Promise<AnswerRun> {
    const { question: content, ...asked } = toCompletionRequest(body);
    const { answersFrom } = await this.models.get(principal, body.model);
    if (!answersFrom) throw new ModelNotFoundError(body.model);
    const question = { content, ...asked, ...answersFrom };
    return isKept ? this.questions.ask(principal, undefined, question) : this.passing.ask(principal, question);
  }
}
