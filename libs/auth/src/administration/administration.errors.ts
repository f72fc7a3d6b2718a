import { defineError, DomainError } from '#libs/kernel';

/** The account has a higher role than the caller, who may look at it and not touch it. */
export class UserProtectedError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.protected',
    kind: 'forbidden',
    fr: { title: 'Compte protégé', detail: 'Ce compte a un rôle supérieur au vôtre : vous ne pouvez pas le modifier.' },
    en: { title: 'Protected account', detail: 'This account has a higher role than yours: you cannot change it.' },
  });
}

/** Nobody gives a role above his own. */
export class UserRoleRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.role_refused',
    kind: 'forbidden',
    fr: { title: 'Rôle refusé', detail: 'Vous ne pouvez pas donner un rôle supérieur au vôtre.' },
    en: { title: 'Role refused', detail: 'You cannot give a role above your own.' },
  });
}

/** What an administrator does to his own account, he does as its owner, with the proofs that asks for. */
export class OwnAccountError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.own_account',
    kind: 'conflict',
    fr: {
      title: 'Votre propre compte',
      detail:
        'Cette action ne s’applique pas à votre propre compte ; utilisez /me et /auth, ou demandez à un collègue.',
    },
    en: {
      title: 'Your own account',
      detail: 'This cannot be done to your own account; use /me and /auth, or ask a colleague.',
    },
  });
}

/** A disabled account gets no code by mail. */
export class UserDisabledError extends DomainError {
  static override readonly definition = defineError({
    code: 'user.disabled',
    kind: 'conflict',
    fr: { title: 'Compte désactivé', detail: 'Ce compte est désactivé ; réactivez-le d’abord.' },
    en: { title: 'Account disabled', detail: 'This account is disabled; enable it first.' },
  });
}

/** People and documents go by their own deletion, with receipts, files and vectors; then the organization can go. */
export class OrganizationNotEmptyError extends DomainError {
  static override readonly definition = defineError({
    code: 'organization.not_empty',
    kind: 'conflict',
    fr: {
      title: 'Organisation non vide',
      detail:
        'Il reste {users} comptes, {collections} collections et {documents} documents, y compris ceux en cours de suppression ; supprimez-les d’abord.',
    },
    en: {
      title: 'Organization not empty',
      detail:
        '{users} accounts, {collections} collections and {documents} documents are left, those being removed included; delete them first.',
    },
  });
}
