import { defineError, DomainError } from '#libs/kernel';

export interface ConfigurationProblem {
  readonly variable: string;
  /** Says what is expected; never holds the value, which may be a secret. */
  readonly message: string;
}

/** The environment does not describe a product that can start. */
export class InvalidConfigurationError extends DomainError {
  static override readonly definition = defineError({
    code: 'config.invalid',
    kind: 'internal',
    fr: { title: 'Configuration invalide', detail: 'Variables à corriger :\n{list}' },
    en: { title: 'Invalid configuration', detail: 'Variables to correct:\n{list}' },
  });

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    super({ list: problems.map(({ variable, message }) => `  ${variable}: ${message}`).join('\n') });
  }
}
