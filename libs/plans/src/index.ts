export { joinPlan, PLAN_RIGHTS } from './plan/plan-rights.sql';
export { PlansAdministrationModule } from './plans-administration.module';
export { PlansModule } from './plans.module';
export { Quotas } from './quota/quotas';
