import { defineError, DomainError } from '#libs/kernel';

/** What a chain is expected to reach is no receipt of a verification, nor the beginning of one. */
export class InvalidExpectedHeadError extends DomainError {
  static override readonly definition = defineError({
    code: 'audit.invalid_expected_head',
    kind: 'malformed',
    fr: {
      title: 'Reçu illisible',
      detail:
        'La position attendue doit être un reçu de vérification, ou « organisation:rang » ou « organisation:rang:empreinte ».',
    },
    en: {
      title: 'Unreadable receipt',
      detail:
        'What is expected must be the receipt of a verification, or "organization:sequence" or "organization:sequence:hash".',
    },
  });
}

/** The log cannot be archived as it is: somebody changed it. Details: `organizationId`, `sequence`, `problem`. */
export class BrokenChainError extends DomainError {
  static override readonly definition = defineError({
    code: 'audit.broken_chain',
    kind: 'conflict',
    fr: {
      title: 'Journal d’audit altéré',
      detail:
        'Le journal de l’organisation {organizationId} est altéré à l’entrée {sequence} ({problem}). Rien n’a été archivé.',
    },
    en: {
      title: 'Audit log tampered with',
      detail:
        'The log of the organization {organizationId} is not intact at entry {sequence} ({problem}). Nothing was archived.',
    },
  });
}
