import { getSchemaPath } from '@nestjs/swagger';

import { renderErrorText, type ErrorDefinition } from '#libs/kernel';

import { Problem, PROBLEM_MEDIA_TYPE } from './problem';
import { statusOf } from './status-of';

interface ProblemExample {
  readonly summary: string;
  readonly value: Problem;
}

/** An OpenAPI response whose body is a problem. */
export interface ProblemResponse {
  readonly description: string;
  readonly content: Record<string, { schema: { $ref: string }; examples: Record<string, ProblemExample> }>;
}

const exampleOf = ({ code, kind, en }: ErrorDefinition): ProblemExample => ({
  summary: en.title,
  value: {
    type: `urn:my-ia:problem:${code}`,
    title: en.title,
    status: statusOf(kind),
    detail: renderErrorText(en.detail, {}),
    instance: '/api/v1/...',
    code,
    requestId: '0190e5a8-7c1b-7d1e-9a44-0f6d3f4f5a11',
  },
});

/** One response for all failures that share a status, with an example of each. */
export const problemResponse = (definitions: readonly ErrorDefinition[]): ProblemResponse => ({
  description: definitions.map(({ code, en }) => `\`${code}\`: ${en.title}`).join('; '),
  content: {
    [PROBLEM_MEDIA_TYPE]: {
      schema: { $ref: getSchemaPath(Problem) },
      examples: Object.fromEntries(definitions.map((definition) => [definition.code, exampleOf(definition)])),
    },
  },
});
