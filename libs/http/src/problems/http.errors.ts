import { defineError, DomainError } from '#libs/kernel';

/** The body is not what its content type says, or the request line or headers cannot be understood. */
export class MalformedRequestError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.malformed',
    kind: 'malformed',
    fr: {
      title: 'Requête illisible',
      detail: 'La requête ne peut pas être lue ; vérifiez la syntaxe du corps et de l’adresse.',
    },
    en: {
      title: 'Malformed request',
      detail: 'The request cannot be read; check the syntax of the body and of the address.',
    },
  });
}

/** No route answers at this address with this method. */
export class RouteNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'route.not_found',
    kind: 'missing',
    fr: {
      title: 'Adresse inconnue',
      detail: 'Aucune route ne répond à cette adresse avec cette méthode ; voir /docs.',
    },
    en: { title: 'Unknown address', detail: 'No route answers at this address with this method; see /docs.' },
  });
}

/** The body is larger than the server accepts. */
export class BodyTooLargeError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.too_large',
    kind: 'too_large',
    fr: { title: 'Requête trop grande', detail: 'Le corps de la requête dépasse la taille acceptée par le serveur.' },
    en: { title: 'Request too large', detail: 'The body of the request exceeds the size this server accepts.' },
  });
}

/** The body has a content type no parser reads. */
export class UnsupportedMediaTypeError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.unsupported_media_type',
    kind: 'unsupported',
    fr: { title: 'Type de contenu refusé', detail: 'Le type de contenu du corps n’est pas accepté ici.' },
    en: { title: 'Unsupported media type', detail: 'The content type of the body is not accepted here.' },
  });
}

/** The request conflicts with the present state. */
export class ConflictingRequestError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.conflict',
    kind: 'conflict',
    fr: { title: 'Conflit', detail: 'La requête contredit l’état actuel de la ressource.' },
    en: { title: 'Conflict', detail: 'The request contradicts the present state of the resource.' },
  });
}

/** The request is well formed and makes no sense. */
export class UnprocessableRequestError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.unprocessable',
    kind: 'invalid',
    fr: { title: 'Requête non traitable', detail: 'La requête est bien formée mais ne peut pas être traitée.' },
    en: { title: 'Unprocessable request', detail: 'The request is well formed but cannot be processed.' },
  });
}

/** The server is starting, stopping or lacks something it needs. */
export class ServiceUnavailableError extends DomainError {
  static override readonly definition = defineError({
    code: 'service.unavailable',
    kind: 'unavailable',
    fr: { title: 'Service indisponible', detail: 'Le service est momentanément indisponible ; réessayez.' },
    en: { title: 'Service unavailable', detail: 'The service is unavailable for the moment; try again.' },
  });
}

/** Something nobody foresaw; its cause is in the log, under the request id, and never in the answer. */
export class UnexpectedError extends DomainError {}
