import { Global, Module } from '@nestjs/common';

import { BudgetWatch } from './budget/budget-watch';
import { Quotas } from './quota/quotas';
import { UsageMeter } from './usage/usage-meter';

const PROVIDERS = [BudgetWatch, Quotas, UsageMeter];

/** What organizations may use, what they have used, and what it cost. Global, because whatever spends asks it. */
@Global()
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class PlansModule {}
