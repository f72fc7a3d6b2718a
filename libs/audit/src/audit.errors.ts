import { defineError, DomainError } from '#libs/kernel';

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
