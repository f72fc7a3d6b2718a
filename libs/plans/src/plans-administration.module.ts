import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { PlanEntity } from './plan/plan.entity';
import { PlansController } from './plan/plans.controller';
import { PlansService } from './plan/plans.service';

/** Plans and what was used, for administrators. */
@Module({
  imports: [TypeOrmModule.forFeature([PlanEntity])],
  controllers: [PlansController],
  providers: [PlansService],
})
export class PlansAdministrationModule {}
