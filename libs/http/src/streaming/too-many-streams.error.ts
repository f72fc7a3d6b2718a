import { defineError, DomainError } from '#libs/kernel';

/** Seconds after which it is worth trying again. */
const RETRY_AFTER_SECONDS = 10;

/** The caller holds as many streams open as anybody may. */
export class TooManyStreamsError extends DomainError {
  static override readonly definition = defineError({
    code: 'stream.too_many',
    kind: 'limited',
    fr: {
      title: 'Trop de flux ouverts',
      detail: 'Vous avez déjà trop de flux ou de réponses en cours ; fermez-en, ou attendez le délai de Retry-After.',
    },
    en: {
      title: 'Too many open streams',
      detail: 'You already have too many streams or answers open; close some, or wait for the delay in Retry-After.',
    },
  });

  constructor() {
    super({ retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}
