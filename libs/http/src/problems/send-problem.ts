import type { FastifyReply, FastifyRequest } from 'fastify';

import type { DomainError, Locale } from '#libs/kernel';

import { storeOf } from '../context/request-store';
import { speaksOpenAi, toOpenAiError } from './openai-error';
import { PROBLEM_MEDIA_TYPE, type Problem } from './problem';
import { toProblem } from './to-problem';

/** Headers a status promises (RFC 9110: WWW-Authenticate with 401, Retry-After with 429). */
const headersFor = ({ kind, details }: DomainError): Record<string, string> => {
  const { retryAfterSeconds } = details;
  if (kind === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer' };
  return typeof retryAfterSeconds === 'number' ? { 'Retry-After': String(Math.ceil(retryAfterSeconds)) } : {};
};

/** In the shape of the contract that the path belongs to. */
const shapeOf = (problem: Problem, { details }: DomainError): { readonly mediaType: string; readonly body: object } =>
  speaksOpenAi(problem.instance)
    ? { mediaType: 'application/json; charset=utf-8', body: toOpenAiError(problem, details['parameter']) }
    : { mediaType: PROBLEM_MEDIA_TYPE, body: problem };

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

/** Answers with a problem, as a document of its own or in the shape of another contract; an answer that has already begun is only ended, because nothing else can be said. */
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
  const { mediaType, body } = shapeOf(problem, error);
  const headers = { ...headersFor(error), 'Content-Type': mediaType, 'Content-Language': locale };
  // As bytes, because Fastify appends a charset to text, which this media type does not define.
  void reply
    .status(problem.status)
    .headers(headers)
    .send(Buffer.from(JSON.stringify(body)));
};
