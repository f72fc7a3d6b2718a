import { defineError, DomainError, type Locale } from '#libs/kernel';

/** One refused field, with its message in every language. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: Readonly<Record<Locale, string>>;
}

/** Fields are missing, unknown or of the wrong shape; `errors` names each of them. */
export class InvalidRequestError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.invalid',
    kind: 'malformed',
    fr: { title: 'Requête invalide', detail: 'Des champs de la requête sont refusés ; « errors » les nomme.' },
    en: { title: 'Invalid request', detail: 'Some fields of the request are refused; `errors` names them.' },
  });

  constructor(readonly fields: readonly FieldError[]) {
    super();
  }
}
