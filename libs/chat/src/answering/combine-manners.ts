import type { AnswerManner } from './answer-task';

/**
 * How an assistant wants an answer and how the request wants this one. Both are instructions of the same rank, the
 * assistant's first; of temperature, length and model the request's count.
 */
export const combineManners = (
  assistant: AnswerManner | undefined,
  request: AnswerManner | undefined,
): AnswerManner | undefined => {
  if (!assistant || !request) return assistant ?? request;
  return {
    instructions: [assistant.instructions, request.instructions].filter((text) => text.trim() !== '').join('\n'),
    style: {
      temperature: request.style.temperature ?? assistant.style.temperature,
      maxTokens: request.style.maxTokens ?? assistant.style.maxTokens,
    },
    model: request.model ?? assistant.model,
  };
};
