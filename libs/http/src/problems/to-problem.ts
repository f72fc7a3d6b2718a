import { renderErrorText, type DomainError, type Locale } from '#libs/kernel';

import { InvalidRequestError } from './invalid-request.error';
import type { FieldProblem, Problem } from './problem';
import { statusOf } from './status-of';
import { translateError } from './translate-error';

/** More help nobody; a hostile request could otherwise make the answer larger than itself. */
const MAX_FIELDS = 100;

const fieldProblems = (error: DomainError, locale: Locale): { errors?: FieldProblem[] } =>
  error instanceof InvalidRequestError
    ? {
        errors: error.fields
          .slice(0, MAX_FIELDS)
          .map(({ field, code, message }) => ({ field, code, message: message[locale] })),
      }
    : {};

/**
 * Renders any thrown value as an RFC 9457 document. An unexpected one says nothing of itself: no message, SQL or stack.
 *
 * @param instance path that was asked for, without its query
 */
export const toProblem = (error: unknown, locale: Locale, instance: string, requestId: string): Problem => {
  const known = translateError(error);
  const { title, detail } = known.definition[locale];
  return {
    type: `urn:my-ia:problem:${known.code}`,
    title: renderErrorText(title, known.details),
    status: statusOf(known.kind),
    detail: renderErrorText(detail, known.details),
    instance,
    code: known.code,
    requestId,
    ...fieldProblems(known, locale),
  };
};
