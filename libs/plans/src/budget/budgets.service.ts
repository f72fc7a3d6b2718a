import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { BudgetWatch } from './budget-watch';
import type { BudgetEntity } from './budget.entity';
import { BUDGET } from './budget.resource';
import type { BudgetView } from './budget.view';

/** Half, nearly all, all. */
const USUAL_THRESHOLDS = [50, 80, 100];

/** What organizations mean to spend on models per month. */
@Injectable()
export class BudgetsService extends AuditedCrudService<BudgetEntity, BudgetView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly watch: BudgetWatch,
  ) {
    super(BUDGET, uow, ids, trail);
  }

  /** A budget that is spent already is told of at once. */
  override create(principal: Principal, budget: Partial<BudgetEntity>): Promise<BudgetView> {
    const { thresholds = USUAL_THRESHOLDS, action = 'alert' } = budget;
    return this.uow.run(async () =>
      this.held(principal, await super.create(principal, { ...budget, thresholds, action })),
    );
  }

  /** Thresholds that are already reached under a new amount are told of anew. */
  override update(
    principal: Principal,
    id: string,
    changes: Partial<BudgetEntity>,
    version?: number,
  ): Promise<BudgetView> {
    return this.uow.run(async () => this.held(principal, await super.update(principal, id, changes, version)));
  }

  protected override async beforeSave(
    after: BudgetEntity,
    before: Readonly<BudgetEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    after.thresholds = after.thresholds.toSorted((a, b) => a - b);
    if (before && promiseOf(before) !== promiseOf(after)) {
      Object.assign(after, { alertedMonth: null, alertedThreshold: null });
    }
    await super.beforeSave(after, before, principal);
  }

  private async held(principal: Principal, { id, organizationId }: BudgetView): Promise<BudgetView> {
    await this.watch.raiseAlerts(organizationId);
    return this.get(principal, id);
  }
}

/** What administrators are to be told about. */
const promiseOf = ({ amount, thresholds }: Readonly<BudgetEntity>): string => JSON.stringify([amount, thresholds]);
