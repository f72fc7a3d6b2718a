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

/** A password that would not protect anything. */
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

/** The password is made of what a guesser tries first. */
export class CommonPasswordError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.password_too_common',
    kind: 'invalid',
    fr: {
      title: 'Mot de passe trop courant',
      detail:
        'Ce mot de passe est fait de mots, de suites ou de répétitions que l’on essaie en premier. Choisissez plusieurs mots sans lien entre eux.',
    },
    en: {
      title: 'Password too common',
      detail:
        'This password is made of words, sequences or repetitions that are tried first. Choose several words that have nothing to do with each other.',
    },
  });
}

/** A code from a mail is unknown, too old, or was used or replaced. */
export class OneTimeTokenInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.one_time_token_invalid',
    kind: 'invalid',
    fr: { title: 'Code invalide', detail: 'Ce code n’est pas ou plus valable. Demandez-en un nouveau.' },
    en: { title: 'Invalid code', detail: 'This code is not valid or no longer so. Ask for a new one.' },
  });
}

/** Too many failed attempts for this account or from this address; the same for accounts that do not exist. */
export class LockedOutError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.locked_out',
    kind: 'limited',
    fr: {
      title: 'Trop de tentatives',
      detail: 'Trop de tentatives de connexion ont échoué ; attendez le délai de Retry-After.',
    },
    en: { title: 'Too many attempts', detail: 'Too many sign-in attempts failed; wait for the delay in Retry-After.' },
  });
}

/** Somebody who registered has not proved yet that the address is his. Only told with the right password. */
export class EmailNotVerifiedError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.email_not_verified',
    kind: 'forbidden',
    fr: {
      title: 'Adresse non vérifiée',
      detail: 'Confirmez d’abord votre adresse avec le code reçu par courrier électronique (/auth/verify-email).',
    },
    en: {
      title: 'Address not verified',
      detail: 'First confirm your address with the code sent by mail (/auth/verify-email).',
    },
  });
}

/** The password was right; the account also wants a one-time code. */
export class MfaRequiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.mfa_required',
    kind: 'unauthenticated',
    fr: {
      title: 'Second facteur requis',
      detail: 'Ce compte demande aussi un code à usage unique : renvoyez la demande avec « totp ».',
    },
    en: {
      title: 'Second factor required',
      detail: 'This account also needs a one-time code: send the request again with `totp`.',
    },
  });
}

/** A one-time or recovery code is wrong, too old, or was used before. */
export class MfaCodeInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.mfa_code_invalid',
    kind: 'unauthenticated',
    fr: {
      title: 'Code à usage unique incorrect',
      detail: 'Ce code est incorrect, périmé ou déjà utilisé. Attendez le suivant.',
    },
    en: {
      title: 'Wrong one-time code',
      detail: 'This code is wrong, too old or was used already. Wait for the next one.',
    },
  });
}

/** The installation demands a second factor of this role, and the account has none yet. */
export class MfaSetupRequiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.mfa_setup_required',
    kind: 'unauthenticated',
    fr: {
      title: 'Second facteur à installer',
      detail: 'Votre rôle demande un second facteur : commencez par /auth/mfa/setup puis /auth/mfa/enable.',
    },
    en: {
      title: 'Second factor to set up',
      detail: 'Your role needs a second factor: begin with /auth/mfa/setup, then /auth/mfa/enable.',
    },
  });
}

/** A second factor is set up already; it has to be disabled before another one takes its place. */
export class MfaAlreadyEnabledError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.mfa_already_enabled',
    kind: 'conflict',
    fr: { title: 'Second facteur déjà actif', detail: 'Désactivez d’abord le second facteur actuel.' },
    en: { title: 'Second factor already enabled', detail: 'Disable the present second factor first.' },
  });
}

/** There is no second factor to enable or disable: `/auth/mfa/setup` comes first. */
export class MfaNotSetUpError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.mfa_not_set_up',
    kind: 'conflict',
    fr: {
      title: 'Aucun second facteur',
      detail: 'Aucun second facteur n’est installé ; commencez par /auth/mfa/setup.',
    },
    en: { title: 'No second factor', detail: 'No second factor is set up; begin with /auth/mfa/setup.' },
  });
}

/** The installation demands a second factor of this role, so it cannot be given up. */
export class MfaMandatoryError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.mfa_mandatory',
    kind: 'forbidden',
    fr: { title: 'Second facteur obligatoire', detail: 'Votre rôle doit garder un second facteur.' },
    en: { title: 'Second factor mandatory', detail: 'Your role has to keep a second factor.' },
  });
}

/** Nobody may create an account here, or only who was invited. */
export class RegistrationClosedError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.registration_closed',
    kind: 'forbidden',
    fr: {
      title: 'Inscription fermée',
      detail: 'Cette installation ne laisse pas créer de compte ainsi ; adressez-vous à votre administrateur.',
    },
    en: { title: 'Registration closed', detail: 'Accounts cannot be created this way here; ask your administrator.' },
  });
}

/** The address is not of a domain that may register. */
export class EmailDomainRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.email_domain_refused',
    kind: 'forbidden',
    fr: { title: 'Domaine refusé', detail: 'Les adresses de ce domaine ne peuvent pas s’inscrire ici.' },
    en: { title: 'Domain refused', detail: 'Addresses of this domain cannot register here.' },
  });
}

/** The person to invite has an account already. */
export class AccountExistsError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.exists',
    kind: 'conflict',
    fr: { title: 'Compte existant', detail: 'Cette adresse a déjà un compte.' },
    en: { title: 'Account exists', detail: 'This address has an account already.' },
  });
}

/** Nobody lets others be more than he is himself. */
export class InvitationRoleError extends DomainError {
  static override readonly definition = defineError({
    code: 'invitation.role_refused',
    kind: 'forbidden',
    fr: { title: 'Rôle refusé', detail: 'Vous ne pouvez pas inviter quelqu’un avec ce rôle.' },
    en: { title: 'Role refused', detail: 'You cannot invite somebody with this role.' },
  });
}

/** What cannot be undone needs somebody who signed in a moment ago, not only a token. */
export class RecentSignInRequiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.recent_sign_in_required',
    kind: 'unauthenticated',
    fr: {
      title: 'Connexion récente requise',
      detail: 'Cette action demande une connexion de moins de 15 minutes. Reconnectez-vous.',
    },
    en: {
      title: 'Recent sign-in required',
      detail: 'This action needs a sign-in within the last 15 minutes. Sign in again.',
    },
  });
}

/** Without a superuser nobody could run the installation. */
export class LastSuperuserError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.last_superuser',
    kind: 'conflict',
    fr: { title: 'Dernier superutilisateur', detail: 'Nommez d’abord un autre superutilisateur.' },
    en: { title: 'Last superuser', detail: 'Appoint another superuser first.' },
  });
}

/** Whoever takes a role away leaves somebody who can administer the organization. */
export class LastAdministratorError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.last_administrator',
    kind: 'conflict',
    fr: { title: 'Dernier administrateur', detail: 'Nommez d’abord un autre administrateur de cette organisation.' },
    en: { title: 'Last administrator', detail: 'Appoint another administrator of this organization first.' },
  });
}

/** The invitation was used: what it gave is an account now. */
export class InvitationAcceptedError extends DomainError {
  static override readonly definition = defineError({
    code: 'invitation.accepted',
    kind: 'conflict',
    fr: { title: 'Invitation acceptée', detail: 'Cette invitation a déjà servi ; modifiez plutôt le compte.' },
    en: { title: 'Invitation accepted', detail: 'This invitation was used already; change the account instead.' },
  });
}
