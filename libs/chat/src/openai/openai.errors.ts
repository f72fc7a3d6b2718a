import { defineError, DomainError } from '#libs/kernel';

/** There is no such model, or the caller may not know that there is. Details: `model`. */
export class ModelNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'openai.model_not_found',
    kind: 'missing',
    fr: {
      title: 'Modèle introuvable',
      detail:
        'Le modèle « {model} » n’existe pas ou ne vous est pas accessible. GET /openai/v1/models donne la liste des vôtres.',
    },
    en: {
      title: 'Model not found',
      detail: 'The model "{model}" does not exist or is not yours to see. GET /openai/v1/models lists yours.',
    },
  });

  constructor(model: string) {
    super({ model: model.slice(0, 200), parameter: 'model' });
  }
}

/** A parameter asks for what this product does not do, and leaving it out in silence would deceive. Details: `parameter`. */
export class UnsupportedParameterError extends DomainError {
  static override readonly definition = defineError({
    code: 'openai.unsupported_parameter',
    kind: 'malformed',
    fr: {
      title: 'Paramètre non pris en charge',
      detail:
        '« {parameter} » n’est pas pris en charge : cette interface répond à une question par un texte tiré de vos documents, sans outils, images, sons ni formats imposés. Retirez ce paramètre.',
    },
    en: {
      title: 'Unsupported parameter',
      detail:
        '"{parameter}" is not supported: this interface answers one question with a text drawn from your documents, without tools, images, sounds or imposed formats. Leave it out.',
    },
  });

  constructor(parameter: string) {
    super({ parameter: parameter.slice(0, 200) });
  }
}

/** What is to be embedded came as tokens; they mean something to one tokenizer only. */
export class TokensNotSupportedError extends DomainError {
  static override readonly definition = defineError({
    code: 'openai.tokens_unsupported',
    kind: 'malformed',
    fr: {
      title: 'Jetons non pris en charge',
      detail:
        '« input » doit être un texte ou une liste de textes, non des jetons (tokens). Avec LangChain en Python : check_embedding_ctx_length=False.',
    },
    en: {
      title: 'Tokens are not supported',
      detail:
        '"input" must be a text or a list of texts, not tokens. With LangChain in Python: check_embedding_ctx_length=False.',
    },
  });

  constructor() {
    super({ parameter: 'input' });
  }
}

/** The embedding model has one length of vectors. Details: `model`, `dimension`. */
export class DimensionsFixedError extends DomainError {
  static override readonly definition = defineError({
    code: 'openai.dimensions_fixed',
    kind: 'malformed',
    fr: {
      title: 'Dimension imposée par le modèle',
      detail: 'Le modèle « {model} » donne toujours {dimension} dimensions. Retirez « dimensions ».',
    },
    en: {
      title: 'Dimensions are fixed by the model',
      detail: 'The model "{model}" always returns {dimension} dimensions. Leave "dimensions" out.',
    },
  });

  constructor(model: string, dimension: number) {
    super({ model, dimension, parameter: 'dimensions' });
  }
}
