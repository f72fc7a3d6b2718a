import { ApiProperty } from '@nestjs/swagger';

import { BUDGET_ACTIONS, type BudgetAction, type BudgetEntity } from './budget.entity';

export class BudgetView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ example: 'Modèles en ligne' })
  readonly name!: string;

  @ApiProperty({ example: 200, description: 'Per calendar month (UTC), in the currency of the installation.' })
  readonly amount!: number;

  @ApiProperty({ type: 'integer', isArray: true, example: [50, 80, 100] })
  readonly thresholds!: number[];

  @ApiProperty({ enum: BUDGET_ACTIONS, example: 'alert' })
  readonly action!: BudgetAction;

  @ApiProperty({ example: 161.37, description: 'What the organization has spent this month.' })
  readonly spent!: number;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    example: '2026-01-01',
    description: 'First day of the month in which administrators were last told; null when never.',
  })
  readonly alertedMonth!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 80, description: 'The highest threshold of that month.' })
  readonly alertedThreshold!: number | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export const toBudgetView = ({ createdAt, updatedAt, ...budget }: BudgetEntity): BudgetView => ({
  id: budget.id,
  organizationId: budget.organizationId,
  name: budget.name,
  amount: budget.amount,
  thresholds: budget.thresholds,
  action: budget.action,
  spent: budget.spent,
  alertedMonth: budget.alertedMonth,
  alertedThreshold: budget.alertedThreshold,
  version: budget.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
