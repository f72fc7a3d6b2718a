import { defineError, DomainError } from '#libs/kernel';

/** `OIDC_ISSUER` names no provider. */
export class OidcNotConfiguredError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.not_configured',
    kind: 'missing',
    fr: { title: 'Connexion externe absente', detail: 'Aucun fournisseur OpenID Connect n’est configuré.' },
    en: { title: 'No external sign-in', detail: 'No OpenID Connect provider is configured.' },
  });
}

/** The provider does not answer, or not as one. */
export class OidcUnavailableError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.provider_unavailable',
    kind: 'upstream',
    fr: { title: 'Fournisseur injoignable', detail: 'Le fournisseur d’identité ne répond pas ; réessayez plus tard.' },
    en: { title: 'Provider unavailable', detail: 'The identity provider does not answer; try again later.' },
  });
}

/** The answer belongs to no sign-in this browser began, or to one that is over. */
export class OidcStateError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.state_invalid',
    kind: 'unauthenticated',
    fr: {
      title: 'Connexion interrompue',
      detail: 'Cette connexion a expiré ou vient d’un autre navigateur. Recommencez.',
    },
    en: {
      title: 'Sign-in interrupted',
      detail: 'This sign-in has expired or comes from another browser. Begin again.',
    },
  });
}

/** The person gave up, or what the provider sent does not prove who he is. */
export class OidcRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.refused',
    kind: 'unauthenticated',
    fr: {
      title: 'Connexion refusée',
      detail: 'Le fournisseur d’identité n’a pas confirmé votre identité. Recommencez.',
    },
    en: { title: 'Sign-in refused', detail: 'The identity provider did not confirm who you are. Begin again.' },
  });
}

/** Anybody can write any address into an account at many providers; only a proven one tells whose account is meant. */
export class OidcEmailUnverifiedError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.email_not_verified',
    kind: 'forbidden',
    fr: {
      title: 'Adresse non vérifiée',
      detail: 'Votre fournisseur d’identité n’a pas vérifié votre adresse électronique.',
    },
    en: { title: 'Address not verified', detail: 'Your identity provider has not verified your e-mail address.' },
  });
}

/** The person is known to the provider and has no account here, or one that is disabled. */
export class OidcNoAccountError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.no_account',
    kind: 'forbidden',
    fr: {
      title: 'Aucun compte',
      detail: 'Aucun compte actif ne vous est ouvert ici. Adressez-vous à un administrateur.',
    },
    en: { title: 'No account', detail: 'No active account is open to you here. Ask an administrator.' },
  });
}

/** The code is unknown, older than a minute, used, or another browser's. */
export class OidcCodeInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'oidc.code_invalid',
    kind: 'unauthenticated',
    fr: { title: 'Code de connexion invalide', detail: 'Ce code de connexion n’est pas ou plus valide. Recommencez.' },
    en: { title: 'Invalid sign-in code', detail: 'This sign-in code is not valid or no longer so. Begin again.' },
  });
}
