import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';

import { renderErrorText, type ErrorDefinition } from '#libs/kernel';

import { Problem, PROBLEM_MEDIA_TYPE } from './problem';
import { statusOf } from './status-of';

/** Any subclass of `DomainError`, whatever its constructor takes. */
export interface ErrorClass {
  readonly definition: ErrorDefinition;
}

const API_PROBLEMS = Symbol('http:api-problems');

const exampleOf = ({ code, kind, en }: ErrorDefinition): { summary: string; value: Problem } => ({
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

const responseOf = (status: number, definitions: readonly ErrorDefinition[]): MethodDecorator & ClassDecorator =>
  ApiResponse({
    status,
    description: definitions.map(({ code, en }) => `\`${code}\`: ${en.title}`).join('; '),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: { $ref: getSchemaPath(Problem) },
        examples: Object.fromEntries(definitions.map((definition) => [definition.code, exampleOf(definition)])),
      },
    },
  });

/** What earlier decorators of the same route or controller declared, so that two of one status share a response. */
const declaredOn = (target: object): ErrorDefinition[] =>
  (Reflect.getOwnMetadata(API_PROBLEMS, target) as ErrorDefinition[] | undefined) ?? [];

/** Documents the failures of a route or controller as problem responses with examples, grouped by status. */
export const ApiProblems =
  (...errors: readonly ErrorClass[]): ClassDecorator & MethodDecorator =>
  (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const owner = (descriptor?.value as object | undefined) ?? target;
    const definitions = [...new Set([...declaredOn(owner), ...errors.map(({ definition }) => definition)])];
    Reflect.defineMetadata(API_PROBLEMS, definitions, owner);
    const byStatus = Object.entries(Object.groupBy(definitions, ({ kind }) => statusOf(kind)));
    const responses = byStatus.map(([status, group = []]) => responseOf(Number(status), group));
    const decorate = applyDecorators(ApiExtraModels(Problem), ...responses) as (...args: unknown[]) => void;
    decorate(target, key, descriptor);
  };
