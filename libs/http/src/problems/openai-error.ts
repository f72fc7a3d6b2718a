import { ApiProperty } from '@nestjs/swagger';

import type { FieldProblem, Problem } from './problem';

class OpenAiErrorDetail {
  @ApiProperty({ example: 'The model "gpt-x" does not exist or is not yours to see.' })
  readonly message!: string;

  @ApiProperty({
    example: 'invalid_request_error',
    description: 'Kind of the failure, in the words of the OpenAI API.',
  })
  readonly type!: string;

  @ApiProperty({ type: String, nullable: true, example: 'model', description: 'The parameter at fault.' })
  readonly param!: string | null;

  @ApiProperty({
    example: 'openai.model_not_found',
    description: 'Stable machine word, the same as in problem documents.',
  })
  readonly code!: string;
}

/** The shape in which routes of the OpenAI contract report a failure: their clients know no other. */
export class OpenAiError {
  @ApiProperty({ type: OpenAiErrorDetail })
  readonly error!: OpenAiErrorDetail;
}

/** Routes below it speak the contract of the OpenAI API. */
const OPENAI_PREFIX = '/openai/';

export const speaksOpenAi = (path: string): boolean => path.startsWith(OPENAI_PREFIX);

/** https://platform.openai.com/docs/guides/error-codes: what clients tell apart beside the status. */
const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

/** What is used up for the day or the month is no matter of waiting a little. */
const USED_UP = /^(?:quota|budget)\./;

const typeOf = ({ status, code }: Problem): string => {
  if (status === 429 && USED_UP.test(code)) return 'insufficient_quota';
  return TYPES[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
};

/** More than a few help nobody on one line. */
const MAX_NAMED = 5;

/** What its neighbours have said already. */
const REPEATS = 'nestedValidation';

/** Of each field the rule that tells most: rules come in the order from the narrowest to the type. */
const byField = (errors: readonly FieldProblem[]): Map<string, string> => {
  const told = new Map<string, string>();
  for (const { field, code, message } of errors) if (code !== REPEATS || !told.has(field)) told.set(field, message);
  return told;
};

const messageOf = ({ detail, errors = [] }: Problem): string =>
  Array.from(byField(errors), ([field, message]) => `${field}: ${message}`)
    .slice(0, MAX_NAMED)
    .join('; ') || detail;

/** @param parameter name of the parameter at fault, where the failure knows it and is none of its fields */
export const toOpenAiError = (problem: Problem, parameter?: unknown): OpenAiError => {
  const param = typeof parameter === 'string' ? parameter : (problem.errors?.[0]?.field ?? null);
  return { error: { message: messageOf(problem), type: typeOf(problem), param, code: problem.code } };
};
