import { defineError, DomainError } from '#libs/kernel';

/** Why the store could not be used; safe to show. */
export type FileStoreOutage = 'unreachable' | 'timeout' | 'refused' | 'overloaded' | 'failed';

/** The store of the originals does not answer, or not usefully. Nothing is lost. Details: `reason`. */
export class FileStoreUnavailableError extends DomainError {
  static override readonly definition = defineError({
    code: 'file_store.unavailable',
    kind: 'unavailable',
    fr: {
      title: 'Espace de stockage indisponible',
      detail: 'L’espace de stockage des fichiers ne répond pas ({reason}). Réessayez dans un instant.',
    },
    en: {
      title: 'File storage unavailable',
      detail: 'The storage of files does not answer ({reason}). Try again in a moment.',
    },
  });

  constructor(reason: FileStoreOutage, cause?: unknown) {
    super({ reason }, { cause });
  }
}
