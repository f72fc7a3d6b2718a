import { defineError, DomainError } from '#libs/kernel';

/** A budget that blocks is spent; `details.retryAfterSeconds` says when the next month begins. */
export class BudgetExhaustedError extends DomainError {
  static override readonly definition = defineError({
    code: 'budget.exhausted',
    kind: 'limited',
    fr: {
      title: 'Budget épuisé',
      detail:
        'Le budget de votre organisation pour ce mois est épuisé ; les questions reprennent le mois prochain. Votre administrateur peut l’augmenter dès maintenant. La recherche reste ouverte.',
    },
    en: {
      title: 'Budget spent',
      detail:
        'The budget of your organization for this month is spent; questions can be asked again next month. Your administrator can raise it at once. Search stays open.',
    },
  });
}
