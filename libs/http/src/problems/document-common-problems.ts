import type { OpenAPIObject } from '@nestjs/swagger';

import type { ErrorDefinition } from '#libs/kernel';

import { RateLimitedError } from '../rate-limit/rate-limited.error';
import { BodyTooLargeError, MalformedRequestError, UnexpectedError, UnsupportedMediaTypeError } from './http.errors';
import { InvalidRequestError } from './invalid-request.error';
import { operationsOf, type Operation } from './operations-of';
import { problemResponse } from './problem-response';
import { statusOf } from './status-of';

/** What may happen on every route, by the name of its response. */
const ANYWHERE = { RateLimited: [RateLimitedError.definition], Unexpected: [UnexpectedError.definition] };

/** What may happen on every route that takes anything. */
const WITH_INPUT = { RefusedRequest: [InvalidRequestError.definition, MalformedRequestError.definition] };

/** What may happen on every route that takes a body. */
const WITH_BODY = {
  BodyTooLarge: [BodyTooLargeError.definition],
  UnsupportedMediaType: [UnsupportedMediaTypeError.definition],
};

type Named = Readonly<Record<string, readonly ErrorDefinition[]>>;

/** Routes of the service itself, such as its health, are never counted. */
const isCounted = (path: string): boolean => path.startsWith('/api/') || path.startsWith('/openai/');

/** A route that tells a status itself tells it better. */
const add = ({ responses }: Operation, named: Named): void => {
  for (const [name, definitions] of Object.entries(named)) {
    const [first] = definitions;
    if (first) responses[String(statusOf(first.kind))] ??= { $ref: `#/components/responses/${name}` };
  }
};

const takesInput = ({ parameters = [], requestBody }: Operation): boolean =>
  requestBody !== undefined || parameters.length > 0;

/**
 * Writes into every operation what may happen to any request: too many of them, a body that is refused, our own mistakes.
 * Changes the document.
 */
export const documentCommonProblems = (document: OpenAPIObject): void => {
  const all = Object.entries({ ...ANYWHERE, ...WITH_INPUT, ...WITH_BODY }).map(
    ([name, definitions]) => [name, problemResponse(definitions)] as const,
  );
  document.components = { ...document.components, responses: Object.fromEntries(all) };
  for (const [path, operation] of operationsOf(document)) {
    if (!isCounted(path)) continue;
    add(operation, ANYWHERE);
    if (takesInput(operation)) add(operation, WITH_INPUT);
    if (operation.requestBody) add(operation, WITH_BODY);
  }
};
