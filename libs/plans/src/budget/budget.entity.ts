import { Column, Entity, VirtualColumn } from 'typeorm';

import { BaseEntity, textAsNumber } from '#libs/database';

import { spentBy } from './spent.sql';

/** What happens when a budget is spent: administrators are told, or questions are refused as well. */
export const BUDGET_ACTIONS = ['alert', 'block'] as const;
export type BudgetAction = (typeof BUDGET_ACTIONS)[number];

/** What an organization means to spend on models per calendar month, UTC. */
@Entity('budget')
export class BudgetEntity extends BaseEntity {
  @Column('text')
  name!: string;

  /** In the currency of the installation. */
  @Column('numeric', { precision: 14, scale: 2, transformer: textAsNumber })
  amount!: number;

  /** Percentages of the amount at which administrators are told, ascending. */
  @Column('integer', { array: true })
  thresholds!: number[];

  @Column('text')
  action!: BudgetAction;

  /** First day of the month of the last alert. Written by `BudgetWatch`. */
  @Column('date', { nullable: true })
  alertedMonth!: string | null;

  /** The highest threshold of that month that was told. */
  @Column('integer', { nullable: true })
  alertedThreshold!: number | null;

  /** This month, of all budgets of the organization alike. Read only. */
  @VirtualColumn('numeric', { transformer: textAsNumber, query: (alias) => spentBy(`${alias}.organization_id`) })
  spent!: number;
}
