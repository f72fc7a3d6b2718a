import { MalformedRequestError } from './http.errors';
import { InvalidRequestError } from './invalid-request.error';
import { speaksOpenAi, toOpenAiError } from './openai-error';
import type { Problem } from './problem';
import { toProblem } from './to-problem';

const text = (words: string) => ({ fr: words, en: words });
const problem = (fields: Partial<Problem>): Problem =>
  Object.assign(toProblem(new MalformedRequestError(), 'en', '/openai/v1/models', 'r'), fields);

describe('A failure in the shape of the OpenAI API', () => {
  it('is for its routes alone', () => {
    expect(['/openai/v1/models', '/openai/'].map(speaksOpenAi)).toEqual([true, true]);
    expect(['/api/v1/chat', '/openaix', '/docs/openai/'].map(speaksOpenAi)).toEqual([false, false, false]);
  });

  it.each([
    [401, 'auth.required', 'authentication_error'],
    [403, 'auth.forbidden', 'permission_error'],
    [404, 'openai.model_not_found', 'invalid_request_error'],
    [422, 'idempotency.key_reused', 'invalid_request_error'],
    [429, 'rate.limited', 'rate_limit_error'],
    [429, 'quota.messages_exhausted', 'insufficient_quota'],
    [429, 'budget.exhausted', 'insufficient_quota'],
    [500, 'internal', 'server_error'],
    [503, 'llm.unavailable', 'server_error'],
  ])('names the kind of a %i %s', (status, code, type) => {
    expect(toOpenAiError(problem({ status, code })).error).toMatchObject({ type, code, param: null });
  });

  it('says one thing of each field, and names the first', () => {
    const errors = [
      { field: 'messages', code: 'arrayMinSize', message: text('at least one') },
      { field: 'messages', code: 'isArray', message: text('a list') },
      { field: 'messages', code: 'nestedValidation', message: text('objects') },
      { field: 'model', code: 'isString', message: text('a string') },
    ];
    const told = toProblem(new InvalidRequestError(errors), 'en', '/openai/v1/chat/completions', 'r');
    expect(toOpenAiError(told).error).toEqual({
      message: 'messages: a list; model: a string',
      type: 'invalid_request_error',
      param: 'messages',
      code: 'request.invalid',
    });
  });

  it('prefers the parameter that the failure itself names', () => {
    expect(toOpenAiError(problem({}), 'tools').error.param).toBe('tools');
    expect(toOpenAiError(problem({}), 5).error.param).toBeNull();
  });
});
