export { BUDGET_ALERT, type BudgetAlert } from './budget/budget-alert.queue';
export { BudgetWatch } from './budget/budget-watch';
export { OWN_PLAN } from './plan/own-plan.sql';
export { joinPlan, PLAN_RIGHTS } from './plan/plan-rights.sql';
export { PlansAdministrationModule } from './plans-administration.module';
export { PlansModule } from './plans.module';
export { Quotas } from './quota/quotas';
export { UsageMeter } from './usage/usage-meter';
