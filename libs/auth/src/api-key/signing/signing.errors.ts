import { defineError, DomainError } from '#libs/kernel';

/** The key demands signed requests and was sent as a bearer token, which whoever reads along could send again. */
export class SignatureRequiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.signature_required',
    kind: 'unauthenticated',
    fr: { title: 'Signature requise', detail: 'Cette clé d’API n’accepte que des requêtes signées.' },
    en: { title: 'Signature required', detail: 'This API key accepts signed requests only.' },
  });
}

/** A header is missing or malformed, the key is unknown, or the signature is another request's. */
export class SignatureInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.signature_invalid',
    kind: 'unauthenticated',
    fr: {
      title: 'Signature invalide',
      detail: 'La signature ou un de ses en-têtes n’est pas valide ; vérifiez la méthode, l’adresse et les en-têtes.',
    },
    en: {
      title: 'Invalid signature',
      detail: 'The signature or one of its headers is not valid; check the method, the address and the headers.',
    },
  });
}

/** The clock of the caller is wrong, or the request was held back. */
export class SignatureStaleError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.signature_stale',
    kind: 'unauthenticated',
    fr: {
      title: 'Signature périmée',
      detail: 'L’horodatage signé s’écarte de plus de {minutes} minutes de l’heure du serveur ({serverTime}).',
    },
    en: {
      title: 'Stale signature',
      detail: 'The signed timestamp is more than {minutes} minutes away from the time of the server ({serverTime}).',
    },
  });
}

/** The body is not the one that was signed. */
export class BodyHashMismatchError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.body_hash_mismatch',
    kind: 'unauthenticated',
    fr: { title: 'Corps altéré', detail: 'L’empreinte signée n’est pas celle du corps reçu.' },
    en: { title: 'Altered body', detail: 'The signed hash is not that of the body received.' },
  });
}

/** The same signed request a second time. */
export class NonceReusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.nonce_reused',
    kind: 'unauthenticated',
    fr: { title: 'Requête rejouée', detail: 'Ce nonce a déjà servi ; signez chaque requête avec un nonce neuf.' },
    en: { title: 'Replayed request', detail: 'This nonce was used before; sign each request with a new nonce.' },
  });
}

/** More signed requests than are remembered: none is let through that could be a replay. */
export class TooManyNoncesError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.too_many_nonces',
    kind: 'limited',
    fr: { title: 'Trop de requêtes signées', detail: 'Cette clé signe trop de requêtes ; attendez Retry-After.' },
    en: { title: 'Too many signed requests', detail: 'This key signs too many requests; wait for Retry-After.' },
  });
}

/** Files arrive as a stream, whose hash is known only after it was acted on; what cannot be verified first is refused. */
export class SignedBodyUnsupportedError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.signed_body_unsupported',
    kind: 'unsupported',
    fr: {
      title: 'Corps non signable',
      detail:
        'Seul un corps JSON peut être signé. Envoyez le texte à /documents/text, ou le fichier avec une clé sans signature.',
    },
    en: {
      title: 'Body cannot be signed',
      detail:
        'Only a JSON body can be signed. Send text to /documents/text, or the file with a key that needs no signature.',
    },
  });
}
