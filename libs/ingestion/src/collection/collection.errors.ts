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

/** The caller may read the collection, not change it. Details: `id`. */
export class CollectionReadOnlyError extends DomainError {
  static override readonly definition = defineError({
    code: 'collection.read_only',
    kind: 'forbidden',
    fr: {
      title: 'Collection en lecture seule',
      detail: 'Vous pouvez lire la collection {id}, mais seul son propriétaire ou un administrateur peut la modifier.',
    },
    en: {
      title: 'Read-only collection',
      detail: 'You may read the collection {id}, but only its owner or an administrator may change it.',
    },
  });

  constructor(id: string) {
    super({ id });
  }
}
