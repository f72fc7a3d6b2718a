import { defineError, DomainError } from '#libs/kernel';

/** The questions of the day are used up; `details.retryAfterSeconds` says when the next day begins. */
export class MessagesExhaustedError extends DomainError {
  static override readonly definition = defineError({
    code: 'quota.messages_exhausted',
    kind: 'limited',
    fr: {
      title: 'Questions du jour épuisées',
      detail:
        'L’offre de votre organisation comprend {limit} questions par jour ; elles sont épuisées. Revenez après minuit (UTC), ou demandez une autre offre à votre administrateur.',
    },
    en: {
      title: 'Questions of the day used up',
      detail:
        'The plan of your organization includes {limit} questions per day; they are used up. Come back after midnight (UTC), or ask your administrator for another plan.',
    },
  });
}

/** The organization holds as many documents as its plan allows; nothing was added. */
export class DocumentsExhaustedError extends DomainError {
  static override readonly definition = defineError({
    code: 'quota.documents_exhausted',
    kind: 'conflict',
    fr: {
      title: 'Trop de documents',
      detail:
        'L’offre de votre organisation comprend {limit} documents. Supprimez-en, ou demandez une autre offre à votre administrateur. Rien n’a été ajouté.',
    },
    en: {
      title: 'Too many documents',
      detail:
        'The plan of your organization includes {limit} documents. Delete some, or ask your administrator for another plan. Nothing was added.',
    },
  });
}

/** The organization's documents would take more room than its plan allows; nothing was added. */
export class StorageExhaustedError extends DomainError {
  static override readonly definition = defineError({
    code: 'quota.storage_exhausted',
    kind: 'conflict',
    fr: {
      title: 'Espace épuisé',
      detail:
        'L’offre de votre organisation comprend {limit} octets. Supprimez des documents, ou demandez une autre offre à votre administrateur. Rien n’a été ajouté.',
    },
    en: {
      title: 'Storage used up',
      detail:
        'The plan of your organization includes {limit} bytes. Delete documents, or ask your administrator for another plan. Nothing was added.',
    },
  });
}
