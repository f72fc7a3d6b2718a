import type { QueueDefinition } from '#libs/database';

/** A budget has reached one of its thresholds: whoever works on it tells the administrators of the organization. */
export interface BudgetAlert {
  readonly budgetId: string;
  readonly organizationId: string;
  /** Percent of the amount. */
  readonly threshold: number;
}

/** Writing mails down takes no network; what keeps it from working is the database, which is soon back. */
export const BUDGET_ALERT: QueueDefinition<BudgetAlert> = {
  name: 'budget-alert',
  retryLimit: 8,
  retryDelaySeconds: 10,
  expireInSeconds: 60,
};
