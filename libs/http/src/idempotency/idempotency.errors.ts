import { defineError, DomainError } from '#libs/kernel';

/** The header is empty, too long or holds what a header should not. */
export class InvalidIdempotencyKeyError extends DomainError {
  static override readonly definition = defineError({
    code: 'idempotency.key_invalid',
    kind: 'malformed',
    fr: {
      title: 'Clé d’idempotence invalide',
      detail: 'Idempotency-Key doit compter de 1 à 255 caractères ASCII visibles, sans espace.',
    },
    en: {
      title: 'Invalid idempotency key',
      detail: 'Idempotency-Key must have 1 to 255 visible ASCII characters, without spaces.',
    },
  });
}

/** The key was used for another request. */
export class IdempotencyKeyReusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'idempotency.key_reused',
    kind: 'invalid',
    fr: {
      title: 'Clé d’idempotence déjà utilisée',
      detail: 'Cette clé a servi pour une requête différente ; prenez une clé neuve.',
    },
    en: {
      title: 'Idempotency key already used',
      detail: 'This key was used for a different request; take a new one.',
    },
  });
}

/** The first request with this key is still running. */
export class IdempotentRequestInProgressError extends DomainError {
  static override readonly definition = defineError({
    code: 'idempotency.in_progress',
    kind: 'conflict',
    fr: {
      title: 'Requête en cours',
      detail: 'La première requête portant cette clé est en cours ; réessayez plus tard.',
    },
    en: { title: 'Request in progress', detail: 'The first request with this key is still running; try again later.' },
  });
}
