import { defineError, DomainError } from '#libs/kernel';

/**
 * Why a model could not be used: `unreachable` no connection, `timeout` too slow, `bad_response` nonsense or an error
 * status, `circuit_open` it failed too often just now, `busy` too many calls wait already, here or there, `aborted` the caller
 * left, `missing_model` the server does not have the model, `refused` it does not accept the API key.
 */
export type ModelFailureReason =
  'unreachable' | 'timeout' | 'bad_response' | 'circuit_open' | 'busy' | 'aborted' | 'missing_model' | 'refused';

export interface ModelFailure {
  readonly provider: string;
  readonly model: string;
  readonly reason: ModelFailureReason;
}

/** The only failure of a model call, whatever happened on the wire. Its `cause` holds the original error, for the log. */
export class ModelUnavailableError extends DomainError {
  static override readonly definition = defineError({
    code: 'llm.unavailable',
    kind: 'unavailable',
    fr: {
      title: 'Modèle indisponible',
      detail:
        'Le modèle « {model} » ({provider}) ne répond pas ({reason}). Réessayez, ou vérifiez le serveur de modèles.',
    },
    en: {
      title: 'Model unavailable',
      detail: 'The model "{model}" ({provider}) does not answer ({reason}). Try again, or check the model server.',
    },
  });

  readonly reason: ModelFailureReason;

  constructor({ provider, model, reason }: ModelFailure, options: { cause?: unknown } = {}) {
    super({ provider, model, reason }, options);
    this.reason = reason;
  }
}

/** A model returned vectors of another length than it is known for: they must not meet the stored ones. */
export class EmbeddingDimensionError extends DomainError {
  static override readonly definition = defineError({
    code: 'embedding.dimension_mismatch',
    kind: 'upstream',
    fr: {
      title: 'Dimension des vecteurs inattendue',
      detail:
        'Le modèle « {model} » donne des vecteurs de dimension {actual} au lieu de {expected}. Remettez le modèle d’origine ou réindexez la collection.',
    },
    en: {
      title: 'Unexpected vector dimension',
      detail:
        'The model "{model}" returns vectors of dimension {actual} instead of {expected}. Restore the original model or reindex the collection.',
    },
  });

  constructor(model: string, expected: number, actual: number) {
    super({ model, expected, actual });
  }
}

/** A collection remembers an embedding model that this installation is not set up to run. */
export class EmbeddingModelUnknownError extends DomainError {
  static override readonly definition = defineError({
    code: 'embedding.model_unavailable',
    kind: 'unavailable',
    fr: {
      title: 'Modèle d’embedding indisponible',
      detail:
        'Cette collection est indexée avec « {model} », que cette installation ne peut pas exécuter. Réglez EMBEDDINGS_PROVIDER et OLLAMA_URL ou OPENAI_BASE_URL, ou déposez ses documents dans une nouvelle collection, qui emploiera « {current} ».',
    },
    en: {
      title: 'Embedding model unavailable',
      detail:
        'This collection is indexed with "{model}", which this installation cannot run. Set EMBEDDINGS_PROVIDER and OLLAMA_URL or OPENAI_BASE_URL, or upload its documents to a new collection, which will use "{current}".',
    },
  });

  constructor(model: string, current: string) {
    super({ model, current });
  }
}

/** Somebody chose a model to answer that the operator does not allow. Details: `model`, `allowed`. */
export class ChatModelNotAllowedError extends DomainError {
  static override readonly definition = defineError({
    code: 'model.not_allowed',
    kind: 'invalid',
    fr: {
      title: 'Modèle non autorisé',
      detail: 'Le modèle « {model} » ne fait pas partie de ceux que l’exploitant autorise : {allowed} (GET /models).',
    },
    en: {
      title: 'Model not allowed',
      detail: 'The model "{model}" is not one of those the operator allows: {allowed} (GET /models).',
    },
  });

  constructor(model: string, allowed: readonly string[]) {
    super({ model, allowed: allowed.join(', ') });
  }
}
