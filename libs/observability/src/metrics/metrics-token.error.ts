import { defineError, DomainError } from '#libs/kernel';

/** The scraper did not present METRICS_TOKEN. */
export class MetricsTokenError extends DomainError {
  static override readonly definition = defineError({
    code: 'metrics.token_required',
    kind: 'unauthenticated',
    fr: { title: 'Jeton requis', detail: 'Présentez METRICS_TOKEN en « Authorization: Bearer ».' },
    en: { title: 'Token required', detail: 'Present METRICS_TOKEN as `Authorization: Bearer`.' },
  });
}
