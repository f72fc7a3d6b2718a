import { defineError, DomainError } from '#libs/kernel';

/** A citation failed the last look: its quote is not in the source at its offsets. A bug, never the caller's fault. */
export class CitationNotVerbatimError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.citation_not_verbatim',
    kind: 'internal',
    fr: {
      title: 'Citation non vérifiable',
      detail: 'Une citation ne correspond pas à sa source ; elle n’est pas montrée.',
    },
    en: { title: 'Unverifiable citation', detail: 'A citation does not match its source; it is not shown.' },
  });
}
