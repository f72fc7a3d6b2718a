import { defineError, DomainError } from '#libs/kernel';
import type { OutboundError } from '#libs/outbound';

/** Seconds after which it is worth trying again. */
const RETRY_AFTER_SECONDS = 5;

/** The address, or one it leads to, is none that documents are fetched from. */
export class UrlNotAllowedError extends DomainError {
  static override readonly definition = defineError({
    code: 'url.not_allowed',
    kind: 'invalid',
    fr: {
      title: 'Adresse refusée',
      detail:
        'Rien ne peut être lu à cette adresse : il faut http ou https, une adresse publique ou autorisée par la configuration, un port habituel, et ni identifiant ni mot de passe. Téléchargez le fichier et envoyez-le.',
    },
    en: {
      title: 'Address refused',
      detail:
        'Nothing can be read from this address: it needs http or https, an address that is public or allowed by the configuration, a usual port, and no credentials. Download the file and upload it.',
    },
  });
}

/** Nobody answers there, or not in a way that can be read. Details: `reason`. */
export class UrlUnreachableError extends DomainError {
  static override readonly definition = defineError({
    code: 'url.unreachable',
    kind: 'upstream',
    fr: {
      title: 'Adresse injoignable',
      detail: 'Le site n’a pas répondu correctement ({reason}). Vérifiez l’adresse dans un navigateur.',
    },
    en: {
      title: 'Address unreachable',
      detail: 'The site did not answer properly ({reason}). Check the address in a browser.',
    },
  });

  constructor(cause: OutboundError) {
    super({ reason: cause.failure }, { cause });
  }
}

/** What is there is larger than MAX_UPLOAD_MB. Details: `maximumMb`. */
export class UrlTooLargeError extends DomainError {
  static override readonly definition = defineError({
    code: 'url.too_large',
    kind: 'too_large',
    fr: { title: 'Page trop volumineuse', detail: 'Ce qui se trouve à cette adresse dépasse {maximumMb} Mio.' },
    en: { title: 'Page too large', detail: 'What is at this address exceeds {maximumMb} MiB.' },
  });

  constructor(maximumMb: number) {
    super({ maximumMb });
  }
}

/** The site took longer than URL_TIMEOUT_SECONDS. Details: `seconds`. */
export class UrlTimeoutError extends DomainError {
  static override readonly definition = defineError({
    code: 'url.timeout',
    kind: 'timeout',
    fr: {
      title: 'Site trop lent',
      detail:
        'Le site n’a pas tout envoyé en {seconds} s. Réessayez plus tard, ou téléchargez le fichier et envoyez-le.',
    },
    en: {
      title: 'Site too slow',
      detail:
        'The site did not send everything within {seconds} s. Try again later, or download the file and upload it.',
    },
  });

  constructor(seconds: number) {
    super({ seconds });
  }
}

/** The site answered, but not with a page. Details: `status`. */
export class UrlStatusError extends DomainError {
  static override readonly definition = defineError({
    code: 'url.status',
    kind: 'upstream',
    fr: {
      title: 'Page non fournie',
      detail: 'Le site a répondu par le statut {status} : la page n’existe pas, ou elle demande de s’identifier.',
    },
    en: {
      title: 'Page not served',
      detail: 'The site answered with status {status}: the page does not exist, or it wants a sign-in.',
    },
  });

  constructor(status: number) {
    super({ status });
  }
}

/** As many pages are being fetched as may be at a time. */
export class UrlBusyError extends DomainError {
  static override readonly definition = defineError({
    code: 'url.busy',
    kind: 'limited',
    fr: {
      title: 'Trop de pages à la fois',
      detail: 'Trop de pages sont en cours de lecture ; attendez le délai de Retry-After.',
    },
    en: {
      title: 'Too many pages at once',
      detail: 'Too many pages are being fetched; wait for the delay in Retry-After.',
    },
  });

  constructor() {
    super({ retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}
