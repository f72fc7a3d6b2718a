import { HttpException } from '@nestjs/common';

import { DomainError } from '#libs/kernel';

import { AccessForbiddenError, AuthenticationRequiredError } from '../access/access.errors';
import { RateLimitedError } from '../rate-limit/rate-limited.error';
import {
  BodyTooLargeError,
  ConflictingRequestError,
  MalformedRequestError,
  RouteNotFoundError,
  ServiceUnavailableError,
  UnexpectedError,
  UnprocessableRequestError,
  UnsupportedMediaTypeError,
} from './http.errors';

type ErrorClass = new (details?: Record<string, unknown>, options?: { cause?: unknown }) => DomainError;

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: AuthenticationRequiredError,
  403: AccessForbiddenError,
  404: RouteNotFoundError,
  409: ConflictingRequestError,
  413: BodyTooLargeError,
  415: UnsupportedMediaTypeError,
  422: UnprocessableRequestError,
  429: RateLimitedError,
  503: ServiceUnavailableError,
};

/** Fastify marks its own errors and its JSON parser's with a numeric `statusCode`; nothing else is trusted to choose. */
const statusCodeOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  const isFastifys = error.name === 'FastifyError' || error instanceof SyntaxError;
  return isFastifys ? error.statusCode : undefined;
};

/** Any thrown value as one of our errors: what frameworks throw by its status, everything else as unexpected. */
export const translateError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  const status = statusCodeOf(error) ?? 500;
  const Known = BY_STATUS[status] ?? (status >= 400 && status < 500 ? MalformedRequestError : UnexpectedError);
  return new Known({}, { cause: error });
};
