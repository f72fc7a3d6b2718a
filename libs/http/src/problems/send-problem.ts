import type { FastifyReply, FastifyRequest } from 'fastify';

import type { DomainError, Locale } from '#libs/kernel';

import { storeOf } from '../context/request-store';
import { PROBLEM_MEDIA_TYPE } from './problem';
import { toProblem } from './to-problem';

/** Headers a status promises (RFC 9110: WWW-Authenticate with 401, Retry-After with 429). */
const headersFor = ({ kind, details }: DomainError): Record<string, string> => {
  const { retryAfterSeconds } = details;
  if (kind === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer' };
  return typeof retryAfterSeconds === 'number' ? { 'Retry-After': String(Math.ceil(retryAfterSeconds)) } : {};
};

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

/** Answers with a problem document; an answer that has already begun is only ended, because nothing else can be said. */
export const sendProblem = (
  error: DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
  defaultLocale: Locale,
): void => {
  if (reply.raw.headersSent) {
    reply.raw.end();
    return;
  }
  const { requestId = request.id, locale = defaultLocale } = storeOf(request) ?? {};
  const problem = toProblem(error, locale, pathOf(request.url), requestId);
  const headers = { ...headersFor(error), 'Content-Type': PROBLEM_MEDIA_TYPE, 'Content-Language': locale };
  // As bytes, because Fastify appends a charset to text, which this media type does not define.
  void reply
    .status(problem.status)
    .headers(headers)
    .send(Buffer.from(JSON.stringify(problem)));
};
