import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';

import type { ErrorDefinition } from '#libs/kernel';

import { Problem } from './problem';
import { problemResponse } from './problem-response';
import { statusOf } from './status-of';

/** Any subclass of `DomainError`, whatever its constructor takes. */
export interface ErrorClass {
  readonly definition: ErrorDefinition;
}

const API_PROBLEMS = Symbol('http:api-problems');

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
    const responses = byStatus.map(([status, group = []]) =>
      ApiResponse({ status: Number(status), ...problemResponse(group) }),
    );
    const decorate = applyDecorators(ApiExtraModels(Problem), ...responses) as (...args: unknown[]) => void;
    decorate(target, key, descriptor);
  };
