import { constraintMessage, InvalidRequestError } from '#libs/http';

import type { PastTurn } from '../answering/prompt/history';
import type { AnswerManner } from '../answering/answer-task';
import { MAX_QUESTION } from '../message/message.dto';
import type { ChatCompletionDto, CompletionMessageDto } from './chat-completion.dto';
import { textOf } from './message-content';

/** A request for a completion, in the words of this product. */
export interface CompletionRequest {
  readonly question: string;
  /** Oldest first. */
  readonly history: readonly PastTurn[];
  readonly manner: AnswerManner;
}

type Said = Pick<CompletionMessageDto, 'role'> & { readonly text: string };

const refuse = (field: string, code: string, ...args: readonly unknown[]): never => {
  throw new InvalidRequestError([{ field, code, message: constraintMessage(code, args) }]);
};

const isPast = (said: Said): said is Said & { readonly role: PastTurn['role'] } =>
  (said.role === 'user' || said.role === 'assistant') && said.text.trim() !== '';

const instructionsIn = (said: readonly Said[]): string =>
  said
    .filter(({ role, text }) => (role === 'system' || role === 'developer') && text.trim() !== '')
    .map(({ text }) => text)
    .join('\n');

const questionAt = (said: readonly Said[], place: number): string => {
  const text = said[place]?.text ?? '';
  if (place < 0) refuse('messages', 'lacksQuestion');
  if (text.trim() === '') refuse(`messages.${place}.content`, 'isNotEmpty');
  if (text.length > MAX_QUESTION) refuse(`messages.${place}.content`, 'maxLength', MAX_QUESTION);
  return text;
};

/**
 * The last message of the user is the question, what was said before it the history; system and developer messages say how to
 * answer, wherever they stand.
 * @throws InvalidRequestError when nothing is asked, or too much at once
 * @throws UnsupportedParameterError for an image, a sound or a file
 */
export const toCompletionRequest = (body: ChatCompletionDto): CompletionRequest => {
  const said = body.messages.map(({ role, content }, place) => ({ role, text: textOf(content, `messages.${place}`) }));
  const place = said.findLastIndex(({ role }) => role === 'user');
  const question = questionAt(said, place);
  const history = said
    .slice(0, place)
    .filter(isPast)
    .map(({ role, text }) => ({ role, content: text }));
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? undefined;
  const style = { temperature: body.temperature ?? undefined, maxTokens };
  return { question, history, manner: { instructions: instructionsIn(said), style } };
};
