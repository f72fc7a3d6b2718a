import { defineError, DomainError } from '#libs/kernel';

/** Why the store could not be used; safe to show. */
export type VectorStoreOutage =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'overloaded'
  | 'circuit_open'
  /** A server of a version that lacks what the product asks for. */
  | 'outdated'
  | 'failed';

/** The vector store does not answer, or not usefully. The caller may go on without the dense leg. */
export class VectorStoreUnavailableError extends DomainError {
  static override readonly definition = defineError({
    code: 'vector_store.unavailable',
    kind: 'unavailable',
    fr: {
      title: 'Base vectorielle indisponible',
      detail: 'La base vectorielle ne répond pas ({reason}). Réessayez dans un instant.',
    },
    en: {
      title: 'Vector store unavailable',
      detail: 'The vector store does not answer ({reason}). Try again in a moment.',
    },
  });

  constructor(reason: VectorStoreOutage, cause?: unknown) {
    super({ reason }, { cause });
  }
}

/** A vector, or the model that made it, does not fit the space: the collection must be re-indexed. */
export class VectorDimensionError extends DomainError {
  static override readonly definition = defineError({
    code: 'vector_store.dimension_mismatch',
    kind: 'conflict',
    fr: {
      title: 'Dimension de vecteur inattendue',
      detail: 'Cette collection attend des vecteurs de {expected} dimensions, pas de {actual}. Réindexez-la.',
    },
    en: {
      title: 'Unexpected vector dimension',
      detail: 'This collection expects vectors of {expected} dimensions, not {actual}. Re-index it.',
    },
  });

  constructor(expected: number, actual: number) {
    super({ expected, actual });
  }
}

/** A vector holds NaN or an infinity: stored, it would be near to everything or to nothing. */
export class InvalidVectorError extends DomainError {
  static override readonly definition = defineError({
    code: 'vector_store.invalid_vector',
    kind: 'upstream',
    fr: {
      title: 'Vecteur invalide',
      detail: 'Le modèle de plongement a rendu un vecteur qui contient une valeur non finie.',
    },
    en: {
      title: 'Invalid vector',
      detail: 'The embedding model returned a vector that holds a value that is not finite.',
    },
  });
}
