import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { DomainEvents, JobQueue, UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { BUDGET_ALERT } from './budget-alert.queue';
import { BudgetExhaustedError } from './budget.errors';
import { MONTH, spentBy } from './spent.sql';

/** Of several alerts at once, the second waits for the first one's row and then finds nothing left to tell. */
const REACH = `
  WITH spent AS (${spentBy('$1')}),
  reached AS (
    SELECT budget.id, max(threshold) AS threshold, spent.amount AS spent
      FROM budget, spent, unnest(budget.thresholds) AS threshold
     WHERE budget.organization_id = $1 AND spent.amount * 100 >= budget.amount * threshold
     GROUP BY budget.id, spent.amount)
  UPDATE budget SET alerted_month = ${MONTH}, alerted_threshold = reached.threshold
    FROM reached
   WHERE budget.id = reached.id
     AND (budget.alerted_month IS DISTINCT FROM ${MONTH} OR budget.alerted_threshold < reached.threshold)
  RETURNING budget.id, reached.threshold, budget.amount::float8 AS amount, reached.spent::float8 AS spent`;

const SPENT_ENTIRELY = `
  SELECT 1 FROM budget WHERE organization_id = $1 AND action = 'block' AND amount <= (${spentBy('$1')}) LIMIT 1`;

const STATE = `
  SELECT name, amount::float8 AS amount, (${spentBy('budget.organization_id')})::float8 AS spent FROM budget WHERE id = $1`;

interface BudgetState {
  readonly name: string;
  readonly amount: number;
  readonly spent: number;
}

interface Reached {
  readonly id: string;
  readonly threshold: number;
  readonly amount: number;
  readonly spent: number;
}

/** Holds what was spent against the budgets of an organization. */
@Injectable()
export class BudgetWatch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
    private readonly events: DomainEvents,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Asked before money is spent. What is being spent at this moment is not counted yet, so a budget may be exceeded by the
   * answers in progress.
   * @throws BudgetExhaustedError when a budget that blocks is spent
   */
  async requireLeft(organizationId: string): Promise<void> {
    const [spent] = await this.uow.query(SPENT_ENTIRELY, [organizationId]);
    if (spent) throw new BudgetExhaustedError({ retryAfterSeconds: this.secondsToNextMonth() });
  }

  /** Tells of each threshold once a month: an entry of the audit log, an event, and a mail to each administrator. Call in a transaction. */
  async raiseAlerts(organizationId: string): Promise<void> {
    this.uow.requireTransaction();
    const reached = await this.uow.query<Reached>(REACH, [organizationId]);
    for (const budget of reached) await this.raise(organizationId, budget);
  }

  /** A budget and what was spent of it so far; undefined when it is gone. */
  async find(id: string): Promise<BudgetState | undefined> {
    const [state] = await this.uow.query<BudgetState>(STATE, [id]);
    return state;
  }

  private async raise(organizationId: string, { id: budgetId, threshold, amount, spent }: Reached): Promise<void> {
    const act = { action: 'budget.threshold_reached', resource: 'budget', resourceId: budgetId } as const;
    await this.audit.record({ ...act, organizationId, outcome: 'succeeded', details: { threshold, amount, spent } });
    const data = { budgetId, threshold, amount, spent };
    await this.events.publish({ type: 'budget.threshold_reached', organizationId, data });
    await this.jobs.enqueue(BUDGET_ALERT, { budgetId, organizationId, threshold });
  }

  private secondsToNextMonth(): number {
    const now = this.clock.now();
    const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
    return Math.ceil((next - now.getTime()) / 1_000);
  }
}
