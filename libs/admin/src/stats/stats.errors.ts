import { defineError, DomainError } from '#libs/kernel';

/** The period of statistics ends before it begins, or is too long. */
export class StatsPeriodError extends DomainError {
  static override readonly definition = defineError({
    code: 'stats.period_refused',
    kind: 'invalid',
    fr: { title: 'Période refusée', detail: 'La période va de « from » à « to » et compte {max} jours au plus.' },
    en: { title: 'Period refused', detail: 'The period goes from "from" to "to" and has {max} days at most.' },
  });

  constructor(max: number) {
    super({ max });
  }
}
