import { IsISO4217CurrencyCode } from 'class-validator';

import { Env } from './env.decorator';

export class UsageConfig {
  @Env('CURRENCY', 'Currency of prices, budgets and costs, as its ISO 4217 code; a label, nothing is converted')
  @IsISO4217CurrencyCode()
  readonly currency: string = 'EUR';
}
