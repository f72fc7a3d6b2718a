import { defineError, DomainError } from '#libs/kernel';

/** The same for an unknown user and a wrong password: the answer must not tell who has an account. */
export class InvalidCredentialsError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.invalid_credentials',
    kind: 'unauthenticated',
    fr: { title: 'Identifiants incorrects', detail: 'L’adresse ou le mot de passe est incorrect.' },
    en: { title: 'Wrong credentials', detail: 'The e-mail address or the password is wrong.' },
  });
}

/** The access token was valid and is too old; the refresh token gets a new one. */
export class TokenExpiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.token_expired',
    kind: 'unauthenticated',
    fr: { title: 'Jeton expiré', detail: 'Le jeton d’accès a expiré. Demandez-en un nouveau avec /auth/refresh.' },
    en: { title: 'Token expired', detail: 'The access token has expired. Get a new one from /auth/refresh.' },
  });
}

/** The access token was not issued by this installation, or was altered. */
export class TokenInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.token_invalid',
    kind: 'unauthenticated',
    fr: { title: 'Jeton invalide', detail: 'Le jeton d’accès n’est pas valide. Reconnectez-vous.' },
    en: { title: 'Invalid token', detail: 'The access token is not valid. Sign in again.' },
  });
}

/** The session behind a valid token was ended, or its user disabled. */
export class SessionEndedError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.session_ended',
    kind: 'unauthenticated',
    fr: { title: 'Session terminée', detail: 'Cette session a pris fin. Reconnectez-vous.' },
    en: { title: 'Session ended', detail: 'This session has ended. Sign in again.' },
  });
}

/** The refresh token is unknown, too old, or was used before (then its whole family is revoked). */
export class RefreshTokenInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.refresh_token_invalid',
    kind: 'unauthenticated',
    fr: {
      title: 'Jeton de renouvellement invalide',
      detail: 'Ce jeton de renouvellement n’est pas ou plus valide. Reconnectez-vous.',
    },
    en: { title: 'Invalid refresh token', detail: 'This refresh token is not valid or no longer so. Sign in again.' },
  });
}

/** A superuser password from the environment that would not protect anything. */
export class WeakPasswordError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.password_too_short',
    kind: 'invalid',
    fr: { title: 'Mot de passe trop court', detail: 'Le mot de passe doit avoir au moins {minimum} caractères.' },
    en: { title: 'Password too short', detail: 'The password needs at least {minimum} characters.' },
  });
}

/** An operator named somebody this installation does not know. Never told to a client: it would tell who has an account. */
export class UnknownUserError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.not_found',
    kind: 'missing',
    fr: { title: 'Utilisateur introuvable', detail: 'Aucun compte n’a cette adresse.' },
    en: { title: 'User not found', detail: 'No account has this e-mail address.' },
  });
}
