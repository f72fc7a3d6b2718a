import { defineError, DomainError } from '#libs/kernel';

/** There is no such collection, or the caller may not know that there is. Details: `id`. */
export class CollectionNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'collection.not_found',
    kind: 'missing',
    fr: { title: 'Collection introuvable', detail: 'La collection {id} n’existe pas ou ne vous est pas accessible.' },
    en: { title: 'Collection not found', detail: 'The collection {id} does not exist or is not yours to see.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** The caller may read the collection, and would need a stronger role for this. Details: `id`. */
export class CollectionReadOnlyError extends DomainError {
  static override readonly definition = defineError({
    code: 'collection.read_only',
    kind: 'forbidden',
    fr: {
      title: 'Collection en lecture seule',
      detail:
        'Vous pouvez lire la collection {id}, mais votre rôle ne permet pas cette modification. Adressez-vous à un propriétaire.',
    },
    en: {
      title: 'Read-only collection',
      detail: 'You may read the collection {id}, but your role does not allow this change. Ask one of its owners.',
    },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** Nobody would own the collection any more: first make somebody else an owner. Details: `id`. */
export class LastOwnerError extends DomainError {
  static override readonly definition = defineError({
    code: 'collection.last_owner',
    kind: 'conflict',
    fr: {
      title: 'Dernier propriétaire',
      detail: 'La collection {id} n’aurait plus de propriétaire. Nommez d’abord une autre personne propriétaire.',
    },
    en: {
      title: 'Last owner',
      detail: 'Nobody would own the collection {id} any more. First make another person an owner.',
    },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** The caller may search and cite the document, and not take its text or file away. */
export class DownloadForbiddenError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.download_forbidden',
    kind: 'forbidden',
    fr: {
      title: 'Téléchargement interdit',
      detail: 'Vous pouvez rechercher et citer ce document, mais ni son texte ni son fichier ne vous sont remis.',
    },
    en: {
      title: 'Download forbidden',
      detail: 'You may search and cite this document, but neither its text nor its file is handed out to you.',
    },
  });
}
