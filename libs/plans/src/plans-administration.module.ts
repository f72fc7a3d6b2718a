import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { BudgetEntity } from './budget/budget.entity';
import { BudgetsController } from './budget/budgets.controller';
import { BudgetsService } from './budget/budgets.service';
import { PlanEntity } from './plan/plan.entity';
import { PlansController } from './plan/plans.controller';
import { PlansService } from './plan/plans.service';
import { ModelPriceEntity } from './price/model-price.entity';
import { ModelPricesController } from './price/model-prices.controller';
import { ModelPricesService } from './price/model-prices.service';
import { UsageRecordEntity } from './usage/usage-record.entity';
import { UsageController } from './usage/usage.controller';
import { UsageService } from './usage/usage.service';

/** Plans, prices, budgets and what was used, for administrators. */
@Module({
  imports: [TypeOrmModule.forFeature([PlanEntity, ModelPriceEntity, BudgetEntity, UsageRecordEntity])],
  controllers: [PlansController, ModelPricesController, BudgetsController, UsageController],
  providers: [PlansService, ModelPricesService, BudgetsService, UsageService],
})
export class PlansAdministrationModule {}
