import { IsArray, IsInt, Max, Min } from 'class-validator';

import { Env } from './env.decorator';
import { IsCidrRange } from './is-cidr-range';

export class WebhookConfig {
  @Env(
    'WEBHOOK_ALLOWED_RANGES',
    'Private ranges webhooks may reach, such as 10.0.0.0/8; only public ones when empty',
    'list',
  )
  @IsArray()
  @IsCidrRange()
  readonly allowedRanges: string[] = [];

  @Env('WEBHOOK_DISABLE_AFTER_DAYS', 'Days of failure after which a webhook is switched off', 'integer')
  @IsInt()
  @Min(1)
  @Max(90)
  readonly disableAfterDays: number = 5;
}
