import { defineError, DomainError } from '#libs/kernel';

const reasonOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? 'unknown';

/** A file of the folder cannot be opened or read to its end. Details: `reason` (a code of the operating system). */
export class FolderFileUnreadableError extends DomainError {
  static override readonly definition = defineError({
    code: 'folder.file_unreadable',
    kind: 'invalid',
    fr: {
      title: 'Fichier illisible',
      detail: 'Ce fichier ne peut pas être lu ({reason}). Vérifiez ses droits d’accès.',
    },
    en: { title: 'Unreadable file', detail: 'This file cannot be read ({reason}). Check its permissions.' },
  });

  constructor(cause: unknown) {
    super({ reason: reasonOf(cause) }, { cause });
  }
}

/** A folder does not exist, or cannot be listed. Details: `reason` (a code of the operating system). */
export class FolderUnreadableError extends DomainError {
  static override readonly definition = defineError({
    code: 'folder.unreadable',
    kind: 'invalid',
    fr: {
      title: 'Dossier illisible',
      detail: 'Ce dossier ne peut pas être lu ({reason}). Vérifiez son chemin et ses droits.',
    },
    en: {
      title: 'Unreadable folder',
      detail: 'This folder cannot be read ({reason}). Check its path and permissions.',
    },
  });

  constructor(cause: unknown) {
    super({ reason: reasonOf(cause) }, { cause });
  }
}
