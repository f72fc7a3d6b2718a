import { defineError, DomainError } from '#libs/kernel';

/** Too many requests; `details.retryAfterSeconds` says when to come back. */
export class RateLimitedError extends DomainError {
  static override readonly definition = defineError({
    code: 'rate.limited',
    kind: 'limited',
    fr: { title: 'Trop de requêtes', detail: 'La limite de requêtes est atteinte ; attendez le délai de Retry-After.' },
    en: { title: 'Too many requests', detail: 'The request limit is reached; wait for the delay in Retry-After.' },
  });
}
