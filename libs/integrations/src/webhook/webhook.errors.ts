import { defineError, DomainError } from '#libs/kernel';

/** The address is none that the product may call. Details: `reason`. */
export class WebhookUrlRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'webhook.url_refused',
    kind: 'invalid',
    fr: {
      title: 'Adresse refusée',
      detail:
        'Cette adresse ne peut pas être appelée : il faut https, une adresse publique ou autorisée par la configuration, et ni identifiant ni mot de passe dans l’URL.',
    },
    en: {
      title: 'Address refused',
      detail:
        'This address cannot be called: it needs https, an address that is public or allowed by the configuration, and no credentials in the URL.',
    },
  });
}

/** The organization has as many webhooks as it may. */
export class TooManyWebhooksError extends DomainError {
  static override readonly definition = defineError({
    code: 'webhook.too_many',
    kind: 'conflict',
    fr: { title: 'Trop de webhooks', detail: 'Une organisation peut avoir {max} webhooks au plus.' },
    en: { title: 'Too many webhooks', detail: 'An organization may have {max} webhooks at most.' },
  });

  constructor(max: number) {
    super({ max });
  }
}

/** An attempt was not taken; another one will be made. Details: `reason`. */
export class WebhookNotTakenError extends DomainError {
  static override readonly definition = defineError({
    code: 'webhook.not_taken',
    kind: 'upstream',
    fr: { title: 'Envoi refusé', detail: 'Le destinataire n’a pas accepté l’envoi ({reason}).' },
    en: { title: 'Delivery not taken', detail: 'The receiver did not take the delivery ({reason}).' },
  });
}
