import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';

import { OpenAiError, speaksOpenAi, toOpenAiError } from './openai-error';
import { operationsOf, type Operation } from './operations-of';
import { PROBLEM_MEDIA_TYPE } from './problem';
import type { ProblemResponse } from './problem-response';

type Responses = Operation['responses'];

const REFERENCE = '#/components/responses/';

const resolved = (response: Responses[string], { components }: OpenAPIObject): Partial<ProblemResponse> => {
  if (!response || !('$ref' in response)) return (response ?? {}) as Partial<ProblemResponse>;
  return (components?.responses?.[response.$ref.slice(REFERENCE.length)] ?? {}) as Partial<ProblemResponse>;
};

const inOpenAiShape = ({ description, content }: Partial<ProblemResponse>) => {
  const examples = Object.entries(content?.[PROBLEM_MEDIA_TYPE]?.examples ?? {}).map(
    ([name, { summary, value }]) => [name, { summary, value: toOpenAiError(value) }] as const,
  );
  const body = { schema: { $ref: getSchemaPath(OpenAiError) }, examples: Object.fromEntries(examples) };
  return { description: description ?? '', content: { 'application/json': body } };
};

/** Says of the routes of the OpenAI contract that they fail in its shape. Changes the document; call it last. */
export const documentOpenAiErrors = (document: OpenAPIObject): void => {
  for (const [path, { responses }] of operationsOf(document)) {
    if (!speaksOpenAi(path)) continue;
    for (const [status, response] of Object.entries(responses)) {
      const problem = resolved(response, document);
      if (problem.content?.[PROBLEM_MEDIA_TYPE]) responses[status] = inOpenAiShape(problem);
    }
  }
};
