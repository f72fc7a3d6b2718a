import { defineError, DomainError } from '#libs/kernel';

/** There is no such document, or the caller may not know that there is. Details: `id`. */
export class DocumentNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.not_found',
    kind: 'missing',
    fr: { title: 'Document introuvable', detail: 'Le document {id} n’existe pas ou ne vous est pas accessible.' },
    en: { title: 'Document not found', detail: 'The document {id} does not exist or is not yours to see.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** The text is asked for before there is any. Details: `id`, `status`. */
export class DocumentNotReadyError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.not_ready',
    kind: 'conflict',
    fr: {
      title: 'Document pas encore prêt',
      detail: 'Le texte du document {id} n’est pas disponible (état : {status}). Suivez son avancement puis réessayez.',
    },
    en: {
      title: 'Document not ready',
      detail: 'The text of the document {id} is not available (status: {status}). Follow its progress and try again.',
    },
  });

  constructor(id: string, status: string) {
    super({ id, status });
  }
}

/** The original is gone from storage. Nothing of where it was is told. */
export class StoredFileMissingError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.file_missing',
    kind: 'conflict',
    fr: {
      title: 'Fichier d’origine absent',
      detail: 'Le fichier d’origine n’est plus dans l’espace de stockage. Envoyez-le de nouveau.',
    },
    en: { title: 'Original file missing', detail: 'The original file is no longer in storage. Upload it again.' },
  });
}

/** A reason nobody foresaw; its cause is in the log. */
export class IngestionFailedError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.ingestion_failed',
    kind: 'internal',
    fr: {
      title: 'Traitement impossible',
      detail:
        'Le traitement de ce document a échoué pour une raison inattendue, notée dans les journaux du serveur. Relancez-le.',
    },
    en: {
      title: 'Ingestion failed',
      detail:
        'The ingestion of this document failed for an unexpected reason, noted in the server logs. Start it again.',
    },
  });
}

/** Every attempt was cut short: the file brings its worker down, or the server was stopped again and again. */
export class IngestionInterruptedError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.ingestion_interrupted',
    kind: 'internal',
    fr: {
      title: 'Traitement interrompu',
      detail: 'Le traitement de ce document a été interrompu {attempts} fois. Relancez-le, ou découpez le fichier.',
    },
    en: {
      title: 'Ingestion interrupted',
      detail: 'The ingestion of this document was interrupted {attempts} times. Start it again, or split the file.',
    },
  });

  constructor(attempts: number) {
    super({ attempts });
  }
}

/** Somebody ended the ingestion of the document before it was done. */
export class IngestionCancelledError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.ingestion_cancelled',
    kind: 'conflict',
    fr: {
      title: 'Traitement annulé',
      detail: 'Le traitement de ce document a été annulé. Relancez-le si besoin.',
    },
    en: {
      title: 'Ingestion cancelled',
      detail: 'The ingestion of this document was cancelled. Start it again if needed.',
    },
  });
}

/** The model now gives vectors of another length than the collection holds. Details: `model`, `expected`, `actual`. */
export class CollectionDimensionError extends DomainError {
  static override readonly definition = defineError({
    code: 'collection.dimension_mismatch',
    kind: 'conflict',
    fr: {
      title: 'Modèle d’embedding incompatible',
      detail:
        'La collection attend des vecteurs de dimension {expected}, le modèle « {model} » en donne de dimension {actual}. Remettez le modèle d’origine ou créez une nouvelle collection.',
    },
    en: {
      title: 'Incompatible embedding model',
      detail:
        'The collection expects vectors of dimension {expected}, the model "{model}" gives {actual}. Restore the original model or create a new collection.',
    },
  });

  constructor(model: string, expected: number, actual: number) {
    super({ model, expected, actual });
  }
}

/** A reindexing has taken the passages over already: the edit would go with the former ones. */
export class ChunkBeingReplacedError extends DomainError {
  static override readonly definition = defineError({
    code: 'chunk.being_replaced',
    kind: 'conflict',
    fr: {
      title: 'Passages en cours de remplacement',
      detail:
        'Ce document est en cours de réindexation : ses passages vont être remplacés. Modifiez-les une fois le document prêt.',
    },
    en: {
      title: 'Passages being replaced',
      detail: 'This document is being reindexed and its passages are about to be replaced. Edit them once it is ready.',
    },
  });
}

/** Not a passage of the document as it is live now. */
export class ChunkNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'chunk.not_found',
    kind: 'missing',
    fr: {
      title: 'Passage introuvable',
      detail:
        'Ce document n’a pas ce passage. Après une nouvelle indexation, les passages ont de nouveaux identifiants.',
    },
    en: {
      title: 'Passage not found',
      detail: 'This document has no such passage. After a reindexing, passages have new identifiers.',
    },
  });

  constructor(id: string) {
    super({ id });
  }
}
