/** Languages every user-facing text exists in. */
export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** What went wrong, seen from the caller; libs/http maps each kind to one HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'unsupported'
  | 'invalid'
  | 'limited'
  | 'internal'
  | 'upstream'
  | 'unavailable'
  | 'timeout';

export interface ErrorText {
  readonly title: string;
  /** May name details as `{name}`. Says what is wrong and how to mend it. */
  readonly detail: string;
}

export interface ErrorDefinition extends Readonly<Record<Locale, ErrorText>> {
  /** Stable machine word, `subject.problem`; clients switch on it. */
  readonly code: string;
  readonly kind: ErrorKind;
}

export type ErrorDetails = Readonly<Record<string, unknown>>;

const catalogue: ErrorDefinition[] = [];

/**
 * Checks a definition's shape where it is written, keeps its literal types and enters it in the catalogue. Two classes may
 * share a code to tell the same problem in other words; clients switch on the code, so its kind is the same.
 * @throws Error when the code is taken by another kind of problem.
 */
export const defineError = <D extends ErrorDefinition>(definition: D): D => {
  const { code, kind } = definition;
  if (catalogue.some((other) => other.code === code && other.kind !== kind)) {
    throw new Error(`The code ${code} stands for two kinds of problems`);
  }
  catalogue.push(definition);
  return Object.freeze(definition);
};

/** Every definition of the code that is loaded, by code. */
export const errorCatalogue = (): ErrorDefinition[] =>
  catalogue.toSorted((a, b) => `${a.code} ${a.en.detail}`.localeCompare(`${b.code} ${b.en.detail}`, 'en'));

/** Renders a text of a definition, replacing each `{name}` by the detail of that name. */
export const renderErrorText = (template: string, details: ErrorDetails): string =>
  template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = details[name];
    if (value === undefined || value === null) return placeholder;
    return typeof value === 'string' ? value : JSON.stringify(value);
  });

/**
 * Base of every failure the product expects. Transport-free: libs/http turns it into a problem document.
 * A subclass declares `static override readonly definition`; its texts stand beside it in every language,
 * so a code without a text does not compile.
 */
export abstract class DomainError extends Error {
  static readonly definition: ErrorDefinition = defineError({
    code: 'internal',
    kind: 'internal',
    fr: {
      title: 'Erreur interne',
      detail: 'Une erreur inattendue est survenue. L’identifiant de requête permet de la retrouver dans les journaux.',
    },
    en: {
      title: 'Internal error',
      detail: 'An unexpected error occurred. The request id finds it in the logs.',
    },
  });

  readonly definition: ErrorDefinition;

  /** Safe to return to the caller: never a secret, a prompt or a path. */
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    const { definition } = new.target as unknown as { definition: ErrorDefinition };
    super(renderErrorText(definition.en.detail, details), options);
    this.name = new.target.name;
    this.definition = definition;
    this.details = Object.freeze({ ...details });
  }

  get code(): string {
    return this.definition.code;
  }

  get kind(): ErrorKind {
    return this.definition.kind;
  }
}
